using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;

namespace Marketline.Tests.Platforms.Api;

/// <summary>A platform's API on a free port of this machine; what it answers is a function of the request.</summary>
internal sealed class LoopbackApi : IAsyncDisposable
{
    private readonly Func<ApiCallSeen, ApiReply> _answer;
    private readonly ConcurrentQueue<ApiCallSeen> _calls = new();
    private readonly WebApplication _server;

    private LoopbackApi(WebApplication server, Func<ApiCallSeen, ApiReply> answer) => (_server, _answer) = (server, answer);

    public Uri Root { get; private set; } = null!;

    /// <summary>In the order in which they came.</summary>
    public IReadOnlyCollection<ApiCallSeen> Calls => _calls;

    public static async Task<LoopbackApi> StartAsync(Func<ApiCallSeen, ApiReply> answer)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(options => options.Listen(IPAddress.Loopback, 0));
        var api = new LoopbackApi(builder.Build(), answer);
        api._server.Run(api.AnswerAsync);
        await api._server.StartAsync();
        api.Root = new Uri(api._server.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.Single() + "/");
        return api;
    }

    public IEnumerable<ApiCallSeen> CallsTo(string path) => _calls.Where(call => call.Path == path);

    public async ValueTask DisposeAsync() => await _server.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body, Encoding.UTF8);
        var target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        var headers = context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase);
        var query = context.Request.Query.ToDictionary(pair => pair.Key, pair => pair.Value.ToString(), StringComparer.Ordinal);
        var call = new ApiCallSeen(context.Request.Method, target, target.Split('?')[0], query, headers, await reader.ReadToEndAsync());
        _calls.Enqueue(call);
        var reply = _answer(call);
        context.Response.StatusCode = reply.Status;
        context.Response.ContentType = reply.ContentType;
        foreach (var (name, value) in reply.Headers)
        {
            context.Response.Headers[name] = value;
        }

        await context.Response.WriteAsync(reply.Body);
    }
}
