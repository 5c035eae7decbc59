using System.Net;
using System.Net.Http.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace Marketline.Tests.LocalHost.Packages.Worker.Http;

public sealed class HttpBindingTests
{
    [TestCase("api/runs/r1?page=7&flag=true&at=2026-11-21T03:04:05Z", "r1|7|True|2026-11-21T03:04:05|none|5")]
    [TestCase("api/runs/r1?page=7&flag=false&at=2026-01-01T00:00:00Z&text=x&optional=9", "r1|7|False|2026-01-01T00:00:00|x|9")]
    [TestCase("api/runs/a%20b?page=7&flag=false&at=2026-01-01T00:00:00Z&RUNID=query&code=key", "a b|7|False|2026-01-01T00:00:00|none|5")]
    public async Task Get_RouteAndQueryValues_BindByName(string address, string expected)
    {
        await using var host = await FunctionsTestHost.StartAsync(typeof(NamedValues));

        var body = await host.Client.GetStringAsync(address);

        Assert.That(body, Is.EqualTo(expected));
    }

    [TestCase("api/runs/r1?flag=true&at=2026-01-01", TestName = "Get_ValueTypeMissing_Fails")]
    [TestCase("api/runs/r1?page=x&flag=true&at=2026-01-01", TestName = "Get_ValueNotConvertible_Fails")]
    public async Task Get_UnboundValue_Is500WithoutDetails(string address)
    {
        await using var host = await FunctionsTestHost.StartAsync(typeof(NamedValues));

        using var response = await host.Client.GetAsync(new Uri(address, UriKind.Relative));

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.InternalServerError));
        Assert.That(await response.Content.ReadAsStringAsync(), Does.Not.Contain("page").And.Not.Contain(" at "));
    }

    [Test]
    public async Task Post_FromBody_IsReadAsJsonWithWebDefaults()
    {
        await using var host = await FunctionsTestHost.StartAsync(typeof(Body));

        using var response = await host.Client.PostAsJsonAsync("api/Body", new { name = "shoes", pages = 3 });

        Assert.That(await response.Content.ReadAsStringAsync(), Is.EqualTo("""{"name":"shoes!","pages":4}"""));
        Assert.That(response.Content.Headers.ContentType?.MediaType, Is.EqualTo("application/json"));
    }

    [TestCase("{", "application/json")]
    [TestCase("", "application/json")]
    [TestCase("name", "text/plain")]
    public async Task Post_BodyDoesNotFit_Is500AsInAzure(string body, string mediaType)
    {
        await using var host = await FunctionsTestHost.StartAsync(typeof(Body));

        using var content = new StringContent(body, new System.Net.Http.Headers.MediaTypeHeaderValue(mediaType));
        using var response = await host.Client.PostAsync(new Uri("api/Body", UriKind.Relative), content);

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.InternalServerError));
    }

    [Test]
    public async Task Get_ContextParameters_AreThoseOfTheCall()
    {
        await using var host = await FunctionsTestHost.StartAsync(typeof(Context));

        var body = await host.Client.GetStringAsync("api/Context?word=w");

        Assert.That(body, Is.EqualTo($"Context|httpTrigger|request|w|True|True|{typeof(Context).FullName}.RunAsync"));
    }

    public sealed class NamedValues
    {
        [Function(nameof(NamedValues))]
        public static IActionResult Run(
            [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "runs/{runId}")] HttpRequest request,
            string runId, int page, bool flag, DateTimeOffset at, string? text, int optional = 5) =>
            new ContentResult
            {
                Content = $"{runId}|{page}|{flag}|{at.UtcDateTime:s}|{text ?? "none"}|{optional}",
                ContentType = request.Headers.Accept,
            };
    }

    public sealed record Plan(string Name, int Pages);

    public sealed class Body
    {
        [Function(nameof(Body))]
        public static IActionResult Run(
            [HttpTrigger(AuthorizationLevel.Function, "post")] HttpRequest request,
            [Microsoft.Azure.Functions.Worker.Http.FromBody] Plan plan) =>
            request.HasJsonContentType() ? new OkObjectResult(new Plan(plan.Name + "!", plan.Pages + 1)) : new BadRequestResult();
    }

    public sealed class Context
    {
        [Function(nameof(Context))]
        public async Task<IActionResult> RunAsync(
            [HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest request, FunctionContext context, CancellationToken cancellationToken)
        {
            await Task.Yield();
            var trigger = context.FunctionDefinition.InputBindings["request"];
            var sameServices = request.HttpContext.RequestServices == context.InstanceServices && context.GetHttpContext() == request.HttpContext;
            return new OkObjectResult(string.Join('|',
                context.FunctionDefinition.Name,
                trigger.Type,
                context.FunctionDefinition.Parameters[0].Name,
                context.BindingContext.BindingData["WORD"],
                sameServices,
                cancellationToken.CanBeCanceled && cancellationToken == context.CancellationToken,
                context.FunctionDefinition.EntryPoint));
        }
    }
}
