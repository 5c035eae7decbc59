using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.WebUtilities;

namespace Marketline.Tests.Functions.Http.Access;

/// <summary>A key that signs tokens, and its public half as a JWK (RFC 7517).</summary>
internal sealed record IssuerKey(string Id, string Algorithm, Func<byte[], byte[]> Sign, JsonObject Jwk)
{
    public static IssuerKey NewRsa(string id, string algorithm = "RS256")
    {
        var key = RSA.Create(2048);
        var parts = key.ExportParameters(includePrivateParameters: false);
        var padding = algorithm.StartsWith("PS", StringComparison.Ordinal) ? RSASignaturePadding.Pss : RSASignaturePadding.Pkcs1;
        var hash = algorithm.EndsWith("512", StringComparison.Ordinal) ? HashAlgorithmName.SHA512 : HashAlgorithmName.SHA256;
        var jwk = new JsonObject { ["kty"] = "RSA", ["use"] = "sig", ["kid"] = id, ["n"] = Text(parts.Modulus!), ["e"] = Text(parts.Exponent!) };
        return new IssuerKey(id, algorithm, data => key.SignData(data, hash, padding), jwk);
    }

    public static IssuerKey NewEc(string id)
    {
        var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var point = key.ExportParameters(includePrivateParameters: false).Q;
        var jwk = new JsonObject { ["kty"] = "EC", ["crv"] = "P-256", ["use"] = "sig", ["kid"] = id, ["x"] = Text(point.X!), ["y"] = Text(point.Y!) };
        return new IssuerKey(id, "ES256", data => key.SignData(data, HashAlgorithmName.SHA256), jwk);
    }

    /// <summary>A shared secret, as an attacker takes a public key for one.</summary>
    public static IssuerKey NewSecret(string id, byte[] secret) => new(id, "HS256", data => HMACSHA256.HashData(secret, data), []);

    /// <summary>The token of a header and claims, signed with this key whatever they say.</summary>
    public string Token(JsonObject header, JsonObject claims)
    {
        var signed = $"{Text(header)}.{Text(claims)}";
        return $"{signed}.{Text(Sign(Encoding.ASCII.GetBytes(signed)))}";
    }

    private static string Text(JsonObject json) => Text(Encoding.UTF8.GetBytes(json.ToJsonString()));

    private static string Text(byte[] bytes) => WebEncoders.Base64UrlEncode(bytes);
}
