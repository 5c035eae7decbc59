using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Marketline.Tests.LocalHost.Worker;

public sealed class MiddlewareTests
{
    private const string TraceParent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    [Test]
    public async Task Invoke_Middlewares_RunInOrderAroundTheFunction()
    {
        await using var host = await StartAsync();

        var body = await host.Client.GetStringAsync("api/Trail");

        Assert.That(body, Is.EqualTo("outer,inner,function"));
        Assert.That(host.Services.GetRequiredService<Log>().Lines, Is.EqualTo(new[] { "outer in", "inner in", "inner out", "outer out" }));
    }

    [Test]
    public async Task Invoke_FunctionThrows_MiddlewareMayAnswerInstead()
    {
        await using var host = await StartAsync();

        using var response = await host.Client.GetAsync(new Uri("api/Fails", UriKind.Relative));

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.Conflict));
        Assert.That(await response.Content.ReadAsStringAsync(), Is.EqualTo("told by middleware"));
    }

    [Test]
    public async Task Invoke_MiddlewareWritesTheResponse_FunctionDoesNotRun()
    {
        await using var host = await StartAsync();

        using var response = await host.Client.GetAsync(new Uri("api/Fails?stop=1", UriKind.Relative));

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
    }

    [Test]
    public async Task Invoke_TraceParentHeader_ReachesContextAndActivity()
    {
        await using var host = await StartAsync();

        using var request = new HttpRequestMessage(HttpMethod.Get, "api/Trace");
        request.Headers.Add("traceparent", TraceParent);
        request.Headers.Add("tracestate", "shop=1");
        using var response = await host.Client.SendAsync(request);
        var parts = (await response.Content.ReadAsStringAsync()).Split('|');

        Assert.That(parts[0], Does.StartWith("00-0af7651916cd43dd8448eb211c80319c-").And.Not.EqualTo(TraceParent));
        Assert.That(parts[1..], Is.EqualTo(new[] { "shop=1", parts[0] }));
    }

    [Test]
    public void Use_AfterBuild_IsRefused()
    {
        Microsoft.Azure.Functions.Worker.Builder.FunctionsApplicationBuilder? kept = null;

        Assert.That(
            async () =>
            {
                await using var host = await FunctionsTestHost.StartAsync(
                    new FunctionsTestOptions { Functions = [typeof(Endpoints)], Configure = builder => kept = builder });
                kept!.UseMiddleware((_, next) => next());
            },
            Throws.InvalidOperationException);
    }

    private static Task<FunctionsTestHost> StartAsync() => FunctionsTestHost.StartAsync(new FunctionsTestOptions
    {
        Functions = [typeof(Endpoints)],
        Configure = builder =>
        {
            builder.Services.AddSingleton<Log>();
            builder.UseMiddleware<Outer>();
            builder.UseMiddleware(async (context, next) =>
            {
                var log = context.InstanceServices.GetRequiredService<Log>();
                log.Lines.Add("inner in");
                context.Features.Get<List<string>>()!.Add("inner");
                await next();
                log.Lines.Add("inner out");
            });
        },
    });

    public sealed class Log
    {
        public List<string> Lines { get; } = [];
    }

    public sealed class Outer(Log log) : IFunctionsWorkerMiddleware
    {
        public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
        {
            if (context.GetHttpContext() is { } http && http.Request.Query.ContainsKey("stop"))
            {
                http.Response.StatusCode = StatusCodes.Status401Unauthorized;
                return;
            }

            log.Lines.Add("outer in");
            var trail = new List<string> { "outer" };
            context.Features.Set(trail);
            context.Items["trail"] = trail;
            try
            {
                await next(context);
            }
            catch (NotSupportedException)
            {
                context.GetInvocationResult().Value = new ContentResult { StatusCode = 409, Content = "told by middleware" };
            }

            log.Lines.Add("outer out");
        }
    }

    public sealed class Endpoints
    {
        [Function("Trail")]
        public IActionResult Trail([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request, FunctionContext context) =>
            new ContentResult { Content = string.Join(',', [.. (List<string>)context.Items["trail"], "function"]) };

        [Function("Fails")]
        public IActionResult Fails([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request) => throw new NotSupportedException();

        [Function("Trace")]
        public IActionResult Trace([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request, FunctionContext context) =>
            new ContentResult
            {
                Content = $"{context.TraceContext.TraceParent}|{context.TraceContext.TraceState}|{System.Diagnostics.Activity.Current?.Id}",
            };
    }
}
