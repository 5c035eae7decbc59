using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Marketline.Tests.Platforms;

/// <summary>A shop on a free port of this machine that answers each request as a test's function does; robots.txt is not there unless it says so.</summary>
internal sealed class LoopbackShop : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<string> _requests = new();

    private LoopbackShop(WebApplication app) => _app = app;

    public Uri Root => new(_app.Urls.Single() + "/");

    /// <summary>Paths with their queries, in the order in which they came; robots.txt is left out.</summary>
    public IReadOnlyCollection<string> Requests => _requests;

    public static async Task<LoopbackShop> StartAsync(Func<HttpContext, Task> answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var shop = new LoopbackShop(app);
        app.Run(context =>
        {
            if (context.Request.Path != "/robots.txt")
            {
                shop._requests.Enqueue(context.Request.Path + context.Request.QueryString);
            }

            return answer(context);
        });
        await app.StartAsync();
        return shop;
    }

    public static Task JsonAsync(HttpContext context, string json, int status = 200)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json; charset=UTF-8";
        return context.Response.WriteAsync(json);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
