using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;

namespace Marketline.Tests.EndToEnd;

/// <summary>
/// Stands between one app and the storage emulator and passes requests on. A test may hold some, so that the app is known to be
/// in the middle of a step, refuse some, or take the table service away; and it sees what was asked and answered.
/// </summary>
internal sealed partial class StorageGate : IAsyncDisposable
{
    private static readonly HashSet<string> OfTheConnection = new(StringComparer.OrdinalIgnoreCase) { "Connection", "Host", "Keep-Alive", "Transfer-Encoding" };

    private readonly HttpMessageInvoker _emulator = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false });
    private readonly ConcurrentQueue<StorageRequest> _log = new();
    private readonly ConcurrentDictionary<HeldRequest, byte> _holds = new();
    private readonly string[] _targets;
    private WebApplication _server = null!;
    private int[] _ports = [];

    private StorageGate(string connectionString)
    {
        var parts = Endpoint().Matches(connectionString).ToDictionary(match => match.Groups[1].Value, match => match.Groups[2].Value);
        _targets = [parts["Blob"], parts["Table"]];
        ConnectionString = connectionString;
    }

    /// <summary>The way through this gate.</summary>
    public string ConnectionString { get; private set; }

    /// <summary>What was answered or broken, in order.</summary>
    public IReadOnlyCollection<StorageRequest> Log => _log;

    /// <summary>While true, connections to the table service break.</summary>
    public bool AreTablesAway { get; set; }

    /// <summary>The status to refuse a request with, instead of passing it on; null passes it.</summary>
    public Func<StorageRequest, int?> Refusing { get; set; } = _ => null;

    public static async Task<StorageGate> StartAsync(string connectionString)
    {
        var gate = new StorageGate(connectionString);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder
            .WebHost.UseKestrelCore()
            .ConfigureKestrel(options =>
            {
                options.Limits.MaxRequestBodySize = null;
                options.Limits.MinResponseDataRate = null;
                options.Limits.MinRequestBodyDataRate = null;
                options.Listen(IPAddress.Loopback, 0);
                options.Listen(IPAddress.Loopback, 0);
            });
        gate._server = builder.Build();
        gate._server.Run(gate.HandleAsync);
        await gate._server.StartAsync();
        var addresses = gate._server.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses;
        gate._ports = [.. addresses.Select(address => new Uri(address).Port)];
        foreach (var (target, port) in gate._targets.Zip(gate._ports))
        {
            gate.ConnectionString = gate.ConnectionString.Replace(target, $"http://127.0.0.1:{port}", StringComparison.Ordinal);
        }

        return gate;
    }

    /// <summary>Holds the first request that is one of these; every other one passes.</summary>
    public HeldRequest Hold(Func<StorageRequest, bool> which)
    {
        var held = new HeldRequest(which);
        _holds.TryAdd(held, 0);
        return held;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var held in _holds.Keys)
        {
            held.Release();
        }

        await _server.DisposeAsync();
        _emulator.Dispose();
    }

    private async Task HandleAsync(HttpContext context)
    {
        var service = Array.IndexOf(_ports, context.Connection.LocalPort);
        var isTable = service == 1;
        var body = isTable ? await ReadAsync(context.Request) : null;
        var target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        var request = new StorageRequest(context.Request.Method, Uri.UnescapeDataString(target), body ?? "");
        foreach (var held in _holds.Keys.Where(held => held.TryCatch(request)))
        {
            _holds.TryRemove(held, out _);
            await held.Released.WaitAsync(context.RequestAborted);
        }

        if (isTable && AreTablesAway)
        {
            context.Abort();
            _log.Enqueue(request);
        }
        else if (Refusing(request) is { } status)
        {
            context.Response.StatusCode = status;
            context.Response.ContentLength = 0;
            _log.Enqueue(request with { Status = status });
        }
        else
        {
            await PassAsync(context, $"{_targets[service]}{target}", body, request);
        }
    }

    private async Task PassAsync(HttpContext context, string address, string? body, StorageRequest request)
    {
        // Signed as it is written: nothing of it may be put into another form.
        var uri = new Uri(address, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
        using var outgoing = new HttpRequestMessage(new HttpMethod(request.Method), uri);
        if (context.Request.ContentLength is not null || context.Request.Headers.TransferEncoding.Count > 0)
        {
            outgoing.Content = body is null ? new StreamContent(context.Request.Body) : new ByteArrayContent(Encoding.UTF8.GetBytes(body));
            outgoing.Content.Headers.ContentLength = context.Request.ContentLength;
        }

        foreach (var (name, values) in context.Request.Headers.Where(header => !OfTheConnection.Contains(header.Key) && header.Key != "Content-Length"))
        {
            if (!outgoing.Headers.TryAddWithoutValidation(name, values.AsEnumerable()))
            {
                outgoing.Content?.Headers.TryAddWithoutValidation(name, values.AsEnumerable());
            }
        }

        using var answer = await _emulator.SendAsync(outgoing, context.RequestAborted);
        context.Response.StatusCode = (int)answer.StatusCode;
        foreach (var (name, values) in answer.Headers.Concat(answer.Content.Headers).Where(header => !OfTheConnection.Contains(header.Key)))
        {
            context.Response.Headers[name] = values.ToArray();
        }

        _log.Enqueue(request with { Status = (int)answer.StatusCode });
        await answer.Content.CopyToAsync(context.Response.Body, context.RequestAborted);
    }

    private static async Task<string> ReadAsync(HttpRequest request)
    {
        using var reader = new StreamReader(request.Body, Encoding.UTF8);
        return await reader.ReadToEndAsync(request.HttpContext.RequestAborted);
    }

    [GeneratedRegex(@"(Blob|Table)Endpoint=(http://[^/]+)")]
    private static partial Regex Endpoint();
}
