using System.Security.Cryptography;
using System.Text;
using Marketline.Core.Naming;
using Marketline.Functions.Http.Access;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;

namespace Marketline.Functions.Http.Paging;

/// <summary>
/// Cursors of lists: where the next page begins, signed for one caller and one list with its filters, so that nobody reads from
/// a place that a list did not lead to.
/// </summary>
public sealed class PageCursors(IOptions<AccessOptions> options)
{
    private const int SignatureLength = 16;
    /// <summary>A place holds up to three texts of 200 characters and a key; servers take addresses of 8 000 bytes.</summary>
    private const int MaxLength = 6_000;

    private readonly byte[] _key = HMACSHA256.HashData(Convert.FromBase64String(options.Value.Pepper), "page-cursors"u8);

    /// <param name="tenantId">Null for the operator.</param>
    /// <param name="list">The list and everything that decides what is in it and in which order.</param>
    public string Write(TenantId? tenantId, string list, string place)
    {
        var text = Encoding.UTF8.GetBytes(place);
        return WebEncoders.Base64UrlEncode([.. Sign(tenantId, list, text), .. text]);
    }

    /// <returns>False when it was not written for this caller and this list.</returns>
    public bool TryRead(TenantId? tenantId, string list, string cursor, out string place)
    {
        place = "";
        if (cursor.Length > MaxLength || !TryDecode(cursor, out var bytes) || bytes.Length < SignatureLength)
        {
            return false;
        }

        var text = bytes.AsSpan(SignatureLength);
        if (!CryptographicOperations.FixedTimeEquals(bytes.AsSpan(0, SignatureLength), Sign(tenantId, list, text)))
        {
            return false;
        }

        place = Encoding.UTF8.GetString(text);
        return true;
    }

    private byte[] Sign(TenantId? tenantId, string list, ReadOnlySpan<byte> place)
    {
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, _key);
        hash.AppendData(Encoding.UTF8.GetBytes($"{tenantId?.Value}\n{list.Length}\n{list}\n"));
        hash.AppendData(place);
        return hash.GetHashAndReset()[..SignatureLength];
    }

    private static bool TryDecode(string cursor, out byte[] bytes)
    {
        try
        {
            bytes = WebEncoders.Base64UrlDecode(cursor);
            return true;
        }
        catch (FormatException)
        {
            bytes = [];
            return false;
        }
    }
}
