using System.Security.Cryptography;
using System.Text;

namespace Marketline.Platforms.Crawl;

/// <summary>Addresses seen, at 16 bytes each however long they are.</summary>
internal sealed class AddressSet
{
    private readonly HashSet<UInt128> _digests = [];

    /// <returns>False when it was there already.</returns>
    public bool Add(string address)
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(address), digest);
        return _digests.Add(BitConverter.ToUInt128(digest));
    }
}
