using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Marketline.LocalHost.DemoMarketplace.Serving;

/// <summary>Kestrel on 127.0.0.1 with one handler for everything.</summary>
internal sealed class LoopbackServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private LoopbackServer(WebApplication app, int port)
    {
        _app = app;
        Port = port;
    }

    public int Port { get; }

    /// <param name="port">0 takes any free one.</param>
    /// <param name="handler">Answers every request.</param>
    /// <param name="cancellationToken">Ends the start only.</param>
    public static async Task<LoopbackServer> StartAsync(
        int port,
        RequestDelegate handler,
        CancellationToken cancellationToken
    )
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = TimeSpan.FromSeconds(1));
        builder
            .WebHost.UseKestrelCore()
            .ConfigureKestrel(options =>
            {
                options.AddServerHeader = false;
                options.Limits.MinResponseDataRate = null;
                options.Listen(IPAddress.Loopback, port);
            });
        var app = builder.Build();
        app.Run(Guarded(handler));
        await app.StartAsync(cancellationToken);
        var addresses = app
            .Services.GetRequiredService<IServer>()
            .Features.GetRequiredFeature<IServerAddressesFeature>();
        return new LoopbackServer(app, new Uri(addresses.Addresses.First()).Port);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    /// <summary>
    /// A client that goes away in the middle of an answer is nothing to report. Anything else is a mistake of ours and must not
    /// be taken for a fault on purpose: the answer says what happened.
    /// </summary>
    private static RequestDelegate Guarded(RequestDelegate handler) =>
        async context =>
        {
            try
            {
                await handler(context);
            }
            catch (Exception) when (context.RequestAborted.IsCancellationRequested)
            {
                context.Abort();
            }
            catch (Exception exception) when (!context.Response.HasStarted)
            {
                context.Response.Clear();
                await Respond.StatusAsync(context, StatusCodes.Status500InternalServerError, $"Unplanned: {exception}");
            }
        };
}
