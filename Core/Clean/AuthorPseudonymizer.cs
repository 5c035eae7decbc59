using System.Security.Cryptography;
using System.Text;

namespace Marketline.Core.Clean;

/// <summary>
/// Turns an author's name into a keyed hash (HMAC-SHA-256). The key belongs to one tenant, so that hashes of two tenants can
/// not be joined, and without the key a list of names does not undo them.
/// </summary>
public sealed class AuthorPseudonymizer
{
    private const int MinKeyBytes = 16;
    private readonly byte[] _key;

    public AuthorPseudonymizer(ReadOnlySpan<byte> key)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(key.Length, MinKeyBytes, nameof(key));
        _key = key.ToArray();
    }

    /// <summary>64 hexadecimal digits; the same for a name in other case or spacing. Null for no name.</summary>
    public string? Hash(string? author) =>
        PlainText.Clean(author) is { } name
            ? Convert.ToHexStringLower(HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes(name.Normalize(NormalizationForm.FormKC).ToLowerInvariant())))
            : null;
}
