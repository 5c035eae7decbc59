using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Marketline.Core.Tenants;

/// <summary>
/// An API key as its owner holds it: <c>mk_&lt;id&gt;_&lt;secret&gt;</c>, the secret 256 random bits. Only a keyed hash of it is
/// stored.
/// </summary>
public sealed record ApiKey(string Id, string Secret)
{
    private const string Prefix = "mk_";
    private const int IdLength = 16;
    private const int SecretLength = 64;

    public static ApiKey Create() =>
        new(RandomNumberGenerator.GetHexString(IdLength, lowercase: true), RandomNumberGenerator.GetHexString(SecretLength, lowercase: true));

    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out ApiKey? key)
    {
        key = null;
        if (
            text is not { Length: 3 + IdLength + 1 + SecretLength }
            || !text.StartsWith(Prefix, StringComparison.Ordinal)
            || text[3 + IdLength] != '_'
            || !IsHex(text.AsSpan(3, IdLength))
            || !IsHex(text.AsSpan(3 + IdLength + 1))
        )
        {
            return false;
        }

        key = new ApiKey(text.Substring(3, IdLength), text[(3 + IdLength + 1)..]);
        return true;
    }

    /// <summary>HMAC-SHA-256 of the secret under the installation's pepper: what is stored and compared.</summary>
    public byte[] Hash(ReadOnlySpan<byte> pepper) => HMACSHA256.HashData(pepper, Convert.FromHexString(Secret));

    /// <summary>The whole key. Shown once, never logged.</summary>
    public string Reveal() => $"{Prefix}{Id}_{Secret}";

    public override string ToString() => $"{Prefix}{Id}_…";

    private static bool IsHex(ReadOnlySpan<char> text)
    {
        foreach (var c in text)
        {
            if (!char.IsAsciiHexDigitLower(c))
            {
                return false;
            }
        }

        return true;
    }
}
