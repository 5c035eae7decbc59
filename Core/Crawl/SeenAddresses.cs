using System.Buffers.Binary;
using Marketline.Core.Naming;

namespace Marketline.Core.Crawl;

/// <summary>
/// Which batch of a site has which address, as a file that only grows: 16 bytes of the address's digest and 4 of the batch's number. What
/// stands in it twice counts once.
/// </summary>
public static class SeenAddresses
{
    public const int EntryLength = DigestLength + sizeof(int);

    private const int DigestLength = 16;
    private const int EntriesPerRead = 4_096;

    public static void Write(Stream file, string url, int batch)
    {
        Span<byte> entry = stackalloc byte[EntryLength];
        BinaryPrimitives.WriteUInt128BigEndian(entry, Digest.NumberOf(url));
        BinaryPrimitives.WriteInt32BigEndian(entry[DigestLength..], batch);
        file.Write(entry);
    }

    /// <summary>Takes out what a batch other than <paramref name="batch"/> has. One pass over the file, of which a piece is held at a time.</summary>
    public static async Task RemoveAsync(Stream file, int batch, HashSet<UInt128> digests, CancellationToken cancellationToken)
    {
        var piece = new byte[EntriesPerRead * EntryLength];
        while (digests.Count > 0)
        {
            var length = await file.ReadAtLeastAsync(piece, piece.Length, throwOnEndOfStream: false, cancellationToken);
            for (var entry = piece.AsSpan(0, length); entry.Length >= EntryLength; entry = entry[EntryLength..])
            {
                if (BinaryPrimitives.ReadInt32BigEndian(entry[DigestLength..]) != batch)
                {
                    digests.Remove(BinaryPrimitives.ReadUInt128BigEndian(entry));
                }
            }

            if (length < piece.Length)
            {
                return;
            }
        }
    }
}
