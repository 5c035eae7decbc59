using System.Numerics;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Marketline.Platforms.Crawl;

/// <summary>
/// A set of digests in a file of the temp folder, for more of them than should be held in memory: a hash table with open addressing.
/// The first bits of a digest are its place, so a table twice as large has them in the same order. Adding one reads a bucket and writes a
/// digest, however many there are.
/// </summary>
internal sealed class DigestFile : IDisposable
{
    private const int DigestBytes = 16;
    private const int BucketSize = 16;
    private const int BucketsPerRead = 256;

    /// <summary>Odd, so that no two digests become one. Without it a site could look for addresses that all have the same place.</summary>
    private readonly UInt128 _factor = new UInt128((ulong)Random.Shared.NextInt64(), (ulong)Random.Shared.NextInt64()) | 1;

    private int _bits;
    private SafeFileHandle _file;
    private long _count;

    /// <param name="capacity">How many digests it begins with room for.</param>
    public DigestFile(int capacity)
    {
        _bits = BitOperations.Log2((uint)capacity / BucketSize) + 1;
        _file = Create(_bits);
    }

    /// <returns>False when it was there already.</returns>
    public bool Add(UInt128 digest)
    {
        if (_count >= (BucketSize * 3L / 4) << _bits)
        {
            Double();
        }

        // Zero is a free place; a digest is that once in 2^128 times.
        if (!TryPut(_file, _bits, unchecked((digest == 0 ? 1 : digest) * _factor)))
        {
            return false;
        }

        _count++;
        return true;
    }

    public void Dispose() => _file.Dispose();

    private static SafeFileHandle Create(int bits)
    {
        var path = Path.Combine(Path.GetTempPath(), $"marketline-{Guid.NewGuid():N}.seen");
        var file = File.OpenHandle(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, FileOptions.DeleteOnClose | FileOptions.RandomAccess);
        RandomAccess.SetLength(file, ((long)BucketSize * DigestBytes) << bits);
        return file;
    }

    /// <remarks>Nothing is ever taken out, so a bucket with a free place is the last one that a digest can be in.</remarks>
    private static bool TryPut(SafeFileHandle file, int bits, UInt128 digest)
    {
        Span<UInt128> bucket = stackalloc UInt128[BucketSize];
        for (var number = (long)(digest >> (128 - bits)); ; number = (number + 1) & ((1L << bits) - 1))
        {
            var offset = number * BucketSize * DigestBytes;
            Read(file, bucket, offset);
            if (bucket.Contains(digest))
            {
                return false;
            }

            var free = bucket.IndexOf(UInt128.Zero);
            if (free >= 0)
            {
                RandomAccess.Write(file, MemoryMarshal.AsBytes<UInt128>([digest]), offset + (free * DigestBytes));
                return true;
            }
        }
    }

    private static void Read(SafeFileHandle file, Span<UInt128> digests, long offset)
    {
        var bytes = MemoryMarshal.AsBytes(digests);
        if (RandomAccess.Read(file, bytes, offset) < bytes.Length)
        {
            throw new EndOfStreamException("A file of the temp folder has been cut off.");
        }
    }

    private void Double()
    {
        var larger = Create(_bits + 1);
        var buckets = new UInt128[BucketsPerRead * BucketSize];
        var length = Math.Min(buckets.Length, (long)BucketSize << _bits);
        for (var first = 0L; first < (long)BucketSize << _bits; first += length)
        {
            Read(_file, buckets.AsSpan(0, (int)length), first * DigestBytes);
            foreach (var digest in buckets.AsSpan(0, (int)length))
            {
                if (digest != 0)
                {
                    TryPut(larger, _bits + 1, digest);
                }
            }
        }

        _file.Dispose();
        (_file, _bits) = (larger, _bits + 1);
    }
}
