using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Local;
using Microsoft.Extensions.DependencyInjection;

namespace Marketline.Tests.LocalHost.Worker;

public sealed class FunctionRulesTests
{
    [TestCase(typeof(HiddenClass), "Function 'Hidden'", "public")]
    [TestCase(typeof(HiddenMethod), "Function 'Hidden'", "public")]
    [TestCase(typeof(OpenGeneric<>), "Function 'Generic'", "generic")]
    [TestCase(typeof(NoTrigger), "Function 'NoTrigger'", "no trigger")]
    [TestCase(typeof(TwoTriggers), "Function 'TwoTriggers'", "2 triggers")]
    [TestCase(typeof(TwoBindings), "Function 'TwoBindings'", "more than one binding attribute")]
    [TestCase(typeof(EmptyName), "Function ''", "1 to 128")]
    [TestCase(typeof(BadName), "Function 'a b'", "1 to 128")]
    [TestCase(typeof(HostName), "Function 'Host'", "not be 'host'")]
    [TestCase(typeof(AdminName), "Function 'AdminThings'", "reserved")]
    [TestCase(typeof(AdminRoute), "Function 'Fine'", "reserved")]
    [TestCase(typeof(SameName), "Function 'twice'", "more than once")]
    [TestCase(typeof(SameRoute), "Function 'Second'", "conflicts with the one of function 'First'")]
    [TestCase(typeof(BrokenRoute), "Function 'Broken'", "not valid")]
    [TestCase(typeof(AsyncVoid), "Function 'AsyncVoid'", "async void")]
    [TestCase(typeof(ServiceParameter), "Function 'ServiceParameter'", "Services come through the constructor")]
    [TestCase(typeof(WrongTriggerType), "Function 'WrongTriggerType'", "HttpRequest")]
    [TestCase(typeof(MvcFromBody), "Function 'MvcFromBody'", "[FromBody] of ASP.NET Core")]
    [TestCase(typeof(MvcFromQuery), "Function 'MvcFromQuery'", "[FromQuery] of ASP.NET Core")]
    [TestCase(typeof(MissingService), "Function 'MissingService'", "no service is registered")]
    public void StartAsync_RuleBroken_FailsNamingTheFunction(Type functions, string name, string problem)
    {
        Assert.That(
            async () => await FunctionsTestHost.StartAsync(functions),
            Throws.InstanceOf<HostStartException>().With.Message.Contains(name).And.Message.Contains(problem));
    }

    [Test]
    public void StartAsync_HttpWithoutWebApplication_NamesTheMissingCall()
    {
        var options = new FunctionsTestOptions { Functions = [typeof(Fine)], UsesWebApplication = false };

        Assert.That(
            async () => await FunctionsTestHost.StartAsync(options),
            Throws.InstanceOf<HostStartException>().With.Message.Contains("ConfigureFunctionsWebApplication"));
    }

    [Test]
    public async Task Invoke_FunctionClass_IsMadeAnewWithScopedServices()
    {
        await using var host = await FunctionsTestHost.StartAsync(new FunctionsTestOptions
        {
            Functions = [typeof(Injected)],
            Configure = builder => builder.Services.AddScoped<Counter>(),
        });

        var first = await host.Client.GetStringAsync("api/Injected");
        var second = await host.Client.GetStringAsync("api/Injected");

        Assert.That((first, second), Is.EqualTo(("1", "1")));
    }

    [Test]
    public async Task StartAsync_Output_ListsFunctionsByTrigger()
    {
        await using var host = await FunctionsTestHost.StartAsync(typeof(Fine), typeof(SameNameElsewhere));

        var lines = host.Output.Split('\n').Select(l => string.Join(' ', l.Split(' ', StringSplitOptions.RemoveEmptyEntries)));

        Assert.That(lines, Is.SupersetOf(new[] { "http Fine GET /api/fine/{id}", "timer Every 0 */5 * * * *" }));
        Assert.That(host.Output, Does.StartWith("2 functions on http://127.0.0.1:"));
    }

#pragma warning disable CA1822, IDE0060 // Functions of the wrong shape, on purpose.
    internal sealed class HiddenClass
    {
        [Function("Hidden")]
        public void Run([TimerTrigger("0 * * * * *")] TimerInfo timer) => _ = timer;
    }

    public sealed class HiddenMethod
    {
        [Function("Hidden")]
        internal void Run([TimerTrigger("0 * * * * *")] TimerInfo timer) => _ = timer;
    }

    public sealed class OpenGeneric<T>
    {
        [Function("Generic")]
        public void Run([TimerTrigger("0 * * * * *")] TimerInfo timer) => _ = typeof(T);
    }

    public sealed class NoTrigger
    {
        [Function(nameof(NoTrigger))]
        public void Run(TimerInfo timer) => _ = timer;
    }

    public sealed class TwoTriggers
    {
        [Function(nameof(TwoTriggers))]
        public void Run([TimerTrigger("0 * * * * *")] TimerInfo timer, [HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request) => _ = timer;
    }

    public sealed class TwoBindings
    {
        [Function(nameof(TwoBindings))]
        public void Run([TimerTrigger("0 * * * * *"), HttpTrigger(AuthorizationLevel.Anonymous)] TimerInfo timer) => _ = timer;
    }

    public sealed class EmptyName
    {
        [Function("")]
        public void Run([TimerTrigger("0 * * * * *")] TimerInfo timer) => _ = timer;
    }

    public sealed class BadName
    {
        [Function("a b")]
        public void Run([TimerTrigger("0 * * * * *")] TimerInfo timer) => _ = timer;
    }

    public sealed class HostName
    {
        [Function("Host")]
        public void Run([TimerTrigger("0 * * * * *")] TimerInfo timer) => _ = timer;
    }

    public sealed class AdminName
    {
        [Function("AdminThings")]
        public void Run([TimerTrigger("0 * * * * *")] TimerInfo timer) => _ = timer;
    }

    public sealed class AdminRoute
    {
        [Function("Fine")]
        public void Run([HttpTrigger(AuthorizationLevel.Anonymous, Route = "/Administration/x")] HttpRequest request) => _ = request;
    }

    public sealed class SameName
    {
        [Function("twice")]
        public void One([TimerTrigger("0 * * * * *")] TimerInfo timer) => _ = timer;

        [Function("TWICE")]
        public void Two([TimerTrigger("0 * * * * *")] TimerInfo timer) => _ = timer;
    }

    public sealed class SameRoute
    {
        [Function("First")]
        public void One([HttpTrigger(AuthorizationLevel.Anonymous, "get", "post", Route = "x/{id}/y")] HttpRequest request) => _ = request;

        [Function("Second")]
        public void Two([HttpTrigger(AuthorizationLevel.Anonymous, "POST", Route = "X/{other}/y")] HttpRequest request) => _ = request;

        [Function("Third")]
        public void Three([HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "x/{id}/y")] HttpRequest request) => _ = request;
    }

    public sealed class BrokenRoute
    {
        [Function("Broken")]
        public void Run([HttpTrigger(AuthorizationLevel.Anonymous, Route = "x/{id")] HttpRequest request) => _ = request;
    }

    public sealed class AsyncVoid
    {
        [Function(nameof(AsyncVoid))]
        public async void Run([TimerTrigger("0 * * * * *")] TimerInfo timer) => await Task.Yield();
    }

    public sealed class ServiceParameter
    {
        [Function(nameof(ServiceParameter))]
        public void Run([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request, Counter counter) => _ = counter;
    }

    public sealed class WrongTriggerType
    {
        [Function(nameof(WrongTriggerType))]
        public void Run([HttpTrigger(AuthorizationLevel.Anonymous)] HttpContext http) => _ = http;
    }

    public sealed class MvcFromBody
    {
        [Function(nameof(MvcFromBody))]
        public void Run([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request, [FromBody] Counter body) => _ = body;
    }

    public sealed class MvcFromQuery
    {
        [Function(nameof(MvcFromQuery))]
        public void Run([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request, [FromQuery] int page) => _ = page;
    }

    public sealed class MissingService(Counter counter)
    {
        [Function(nameof(MissingService))]
        public void Run([TimerTrigger("0 * * * * *")] TimerInfo timer) => counter.Next();
    }

    public sealed class Fine
    {
        [Function(nameof(Fine))]
        public IActionResult Run([HttpTrigger(AuthorizationLevel.Admin, "get", Route = "fine/{id}")] HttpRequest request) => new OkResult();
    }

    public sealed class SameNameElsewhere
    {
        [Function("Every")]
        public void Run([TimerTrigger("0 */5 * * * *")] TimerInfo timer) => _ = timer;
    }

    public sealed class Injected(Counter counter)
    {
        [Function(nameof(Injected))]
        public IActionResult Run([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request) => new OkObjectResult(counter.Next().ToString());
    }

    public sealed class Counter
    {
        private int _count;

        public int Next() => ++_count;
    }
}
