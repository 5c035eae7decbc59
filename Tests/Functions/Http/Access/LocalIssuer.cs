using System.Collections.Concurrent;
using System.Net;
using System.Text.Json.Nodes;
using Marketline.Functions.Http.Access;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;

namespace Marketline.Tests.Functions.Http.Access;

/// <summary>An issuer of tokens on this machine: its OpenID configuration, its public keys, and tokens as a test wants them.</summary>
internal sealed class LocalIssuer : IAsyncDisposable
{
    public const string Audience = "api://marketline";
    public const string TenantClaim = "marketline_tenant";

    private readonly ConcurrentQueue<string> _requests = new();
    private readonly WebApplication _server;

    private LocalIssuer(WebApplication server) => _server = server;

    /// <summary>What it issues and answers with.</summary>
    public IReadOnlyList<IssuerKey> Keys { get; set; } = [IssuerKey.NewRsa("rsa"), IssuerKey.NewEc("ec"), IssuerKey.NewRsa("pss", "PS256")];

    public string Authority { get; private set; } = "";

    /// <summary>The paths that were asked for, in order.</summary>
    public IReadOnlyCollection<string> Requests => _requests;

    /// <summary>While true, every request is answered with 500.</summary>
    public bool IsBroken { get; set; }

    public static async Task<LocalIssuer> StartAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(options => options.Listen(IPAddress.Loopback, 0));
        var issuer = new LocalIssuer(builder.Build());
        issuer._server.Run(issuer.AnswerAsync);
        await issuer._server.StartAsync();
        var address = issuer._server.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.Single();
        issuer.Authority = $"{address}/directory/v2.0";
        return issuer;
    }

    public AccessOptions Options() =>
        new() { Pepper = Convert.ToBase64String(new byte[32]), TokenAuthority = Authority, TokenAudience = Audience, TokenTenantClaim = TenantClaim };

    /// <summary>A good token of a tenant's owner, changed as a test wants it.</summary>
    public string Token(string tenantId, Action<JsonObject>? claims = null, Action<JsonObject>? header = null, IssuerKey? key = null)
    {
        key ??= Keys[0];
        var head = new JsonObject { ["alg"] = key.Algorithm, ["typ"] = "JWT", ["kid"] = key.Id };
        var body = new JsonObject
        {
            ["iss"] = Authority,
            ["aud"] = Audience,
            ["nbf"] = In(TimeSpan.FromMinutes(-1)),
            ["exp"] = In(TimeSpan.FromHours(1)),
            ["oid"] = "somebody",
            ["roles"] = new JsonArray("Marketline.Owner"),
            [TenantClaim] = tenantId,
        };
        header?.Invoke(head);
        claims?.Invoke(body);
        return key.Token(head, body);
    }

    /// <summary>A time as tokens have it.</summary>
    public static long In(TimeSpan time) => (DateTimeOffset.UtcNow + time).ToUnixTimeSeconds();

    public async ValueTask DisposeAsync() => await _server.DisposeAsync();

    private Task AnswerAsync(HttpContext context)
    {
        var path = context.Request.Path.Value!;
        _requests.Enqueue(path);
        if (IsBroken)
        {
            context.Response.StatusCode = 500;
            return Task.CompletedTask;
        }

        JsonObject? answer = path switch
        {
            "/directory/v2.0/.well-known/openid-configuration" => new() { ["issuer"] = Authority, ["jwks_uri"] = $"{Authority}/keys" },
            "/directory/v2.0/keys" => new() { ["keys"] = new JsonArray([.. Keys.Select(key => key.Jwk.DeepClone())]) },
            _ => null,
        };
        context.Response.StatusCode = answer is null ? 404 : 200;
        return answer is null ? Task.CompletedTask : context.Response.WriteAsync(answer.ToJsonString());
    }
}
