using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Marketline.Core.Naming;

/// <summary>Short, stable names for long things: the first bytes of SHA-256, in lower-case hexadecimal.</summary>
public static class Digest
{
    /// <summary>32 hexadecimal digits (128 bits): an identity.</summary>
    public static string Of(string text) => Of(Encoding.UTF8.GetBytes(text));

    /// <inheritdoc cref="Of(string)"/>
    public static string Of(ReadOnlySpan<byte> bytes)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes, hash);
        return Convert.ToHexStringLower(hash[..16]);
    }

    /// <summary>The same 128 bits as a number, where many are held.</summary>
    public static UInt128 NumberOf(string text)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(text), hash);
        return BinaryPrimitives.ReadUInt128BigEndian(hash);
    }

    /// <summary>Which of <paramref name="bucketCount"/> buckets a key falls into, the same on every machine.</summary>
    public static int Bucket(string text, int bucketCount)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(text), hash);
        return (int)(BitConverter.ToUInt32(hash) % (uint)bucketCount);
    }
}
