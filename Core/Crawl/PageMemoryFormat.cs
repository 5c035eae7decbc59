using System.Security.Cryptography;
using System.Text;

namespace Marketline.Core.Crawl;

/// <summary>
/// The file in which a plan keeps the pages of a site that it knows: entries sorted by a digest of their address, then an index of
/// every sixteenth one, then where the index begins. A reader holds the index only: 1.5 MB for a million pages.
/// </summary>
internal static class PageMemoryFormat
{
    public const int KeyLength = 16;

    /// <summary>Key and length.</summary>
    public const int EntryHeadLength = KeyLength + sizeof(int);

    public const int EntriesPerBlock = 16;

    /// <summary>Key and offset.</summary>
    public const int IndexEntryLength = KeyLength + sizeof(long);

    /// <summary>Offset of the index, how many entries it has, how many pages there are, and the mark.</summary>
    public const int TailLength = sizeof(long) + sizeof(int) + sizeof(int) + sizeof(long);

    public const long Mark = 0x3153_4547_4150_4c4d; // MLPAGES1

    /// <summary>What no entry of a crawl can be.</summary>
    public const int MaxEntryBytes = 16 * 1_048_576;

    public static UInt128 KeyOf(string url)
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(url), digest);
        return System.Buffers.Binary.BinaryPrimitives.ReadUInt128BigEndian(digest);
    }
}
