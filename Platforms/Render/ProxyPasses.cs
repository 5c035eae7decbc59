using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Marketline.Platforms.Render;

/// <summary>
/// Issues passes and tells good ones, by a secret that both sides know. Browsers send a proxy's credentials to any site that
/// asks for some, so a pass may get around: it names one page, ends soon, and does not give the secret away.
/// </summary>
internal sealed class ProxyPasses(byte[] secret)
{
    public static ProxyPasses Create() => new(RandomNumberGenerator.GetBytes(32));

    public ProxyPass Issue(DateTimeOffset expiresUtc)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"{Guid.NewGuid():N}.{expiresUtc.ToUnixTimeSeconds()}");
        return new ProxyPass(name, PasswordOf(name));
    }

    /// <param name="authorization">The Proxy-Authorization header, if there was one.</param>
    /// <param name="nowUtc">The time.</param>
    /// <param name="expiresUtc">Until when the pass is good.</param>
    /// <returns>The pass's name; null for none, a wrong or an old one.</returns>
    public string? Check(string? authorization, DateTimeOffset nowUtc, out DateTimeOffset expiresUtc)
    {
        expiresUtc = default;
        if (authorization is null || !authorization.StartsWith("Basic ", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var encoded = authorization["Basic ".Length..].Trim();
        var decoded = new byte[encoded.Length];
        if (!Convert.TryFromBase64String(encoded, decoded, out var length))
        {
            return null;
        }

        var parts = Encoding.UTF8.GetString(decoded, 0, length).Split(':', 2);
        var isOurs = parts.Length == 2
            && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(PasswordOf(parts[0])), Encoding.UTF8.GetBytes(parts[1]));
        if (!isOurs)
        {
            return null;
        }

        var seconds = long.Parse(parts[0].AsSpan(parts[0].IndexOf('.') + 1), NumberStyles.None, CultureInfo.InvariantCulture);
        expiresUtc = DateTimeOffset.FromUnixTimeSeconds(seconds);
        return expiresUtc > nowUtc ? parts[0] : null;
    }

    private string PasswordOf(string name) => Base64Url.EncodeToString(HMACSHA256.HashData(secret, Encoding.UTF8.GetBytes(name)));
}
