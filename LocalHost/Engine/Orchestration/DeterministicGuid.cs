using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Marketline.LocalHost.Engine.Orchestration;

/// <summary>
/// Name-based GUIDs (RFC 9562, version 5) in the Durable Task worker's name space, of the same name as there: instance id,
/// orchestrator time and a counter.
/// </summary>
internal static class DeterministicGuid
{
    private static readonly byte[] NameSpace =
        Guid.Parse("9e952958-5e33-4daf-827f-2fa12937b875").ToByteArray(bigEndian: true);

    public static Guid Create(string instanceId, DateTime utcNow, int counter)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"{instanceId}_{utcNow:o}_{counter}");
        var bytes = new byte[NameSpace.Length + Encoding.UTF8.GetMaxByteCount(name.Length)];
        NameSpace.CopyTo(bytes, 0);
        var length = NameSpace.Length + Encoding.UTF8.GetBytes(name, bytes.AsSpan(NameSpace.Length));
        Span<byte> hash = stackalloc byte[SHA1.HashSizeInBytes];

        // RFC 9562 prescribes SHA-1 for version 5; nothing secret depends on it.
#pragma warning disable CA5350
        SHA1.HashData(bytes.AsSpan(0, length), hash);
#pragma warning restore CA5350
        hash[6] = (byte)((hash[6] & 0x0F) | 0x50);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash[..16], bigEndian: true);
    }
}
