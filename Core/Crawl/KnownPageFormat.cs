using System.Text;
using Marketline.Core.Extract;

namespace Marketline.Core.Crawl;

/// <summary>A known page as bytes: a hundred for a page with one object. The first eight are when it was read.</summary>
public static class KnownPageFormat
{
    private const byte Version = 2;

    /// <summary>Without the time of the last check; stands in archives and in what plans knew before.</summary>
    private const byte VersionWithoutCheck = 1;

    private const int KeyLength = 16;

    public static byte[] Write(KnownPage page)
    {
        using var stream = new MemoryStream(128);
        using (var writer = new BinaryWriter(stream, Encoding.UTF8))
        {
            writer.Write(page.Version.ReadUtc.UtcTicks);
            writer.Write(Version);
            writer.Write(page.Version.CheckedUtc?.UtcTicks ?? 0);
            Text(writer, page.Version.ETag);
            Text(writer, page.Version.LastModified);
            writer.Write(Convert.FromHexString(page.Version.BodyDigest));
            Text(writer, page.SkipReason);
            writer.Write7BitEncodedInt(page.Version.FollowUps.Count);
            foreach (var followUp in page.Version.FollowUps)
            {
                writer.Write(followUp);
            }

            writer.Write7BitEncodedInt(page.Objects.Count);
            foreach (var item in page.Objects)
            {
                writer.Write(Convert.FromHexString(item.ObjectKey));
                writer.Write((byte)item.Type);
                Text(writer, item.Url);
                Text(writer, item.FilterReason);
            }
        }

        return stream.ToArray();
    }

    /// <exception cref="FormatException">The bytes are none of a known page.</exception>
    public static KnownPage Read(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            using var reader = new BinaryReader(new MemoryStream(bytes.ToArray(), writable: false), Encoding.UTF8);
            return Read(reader);
        }
        catch (Exception failure) when (failure is IOException or ArgumentException or FormatException)
        {
            throw new FormatException("This is no known page.", failure);
        }
    }

    /// <returns>The beginning of time when the bytes are none of a known page.</returns>
    public static DateTimeOffset ReadUtcOf(ReadOnlySpan<byte> bytes)
    {
        var ticks = bytes.Length < sizeof(long) ? 0 : BitConverter.ToInt64(bytes);
        return ticks < 0 || ticks > DateTimeOffset.MaxValue.UtcTicks ? DateTimeOffset.MinValue : new DateTimeOffset(ticks, TimeSpan.Zero);
    }

    private static KnownPage Read(BinaryReader reader)
    {
        var readUtc = new DateTimeOffset(reader.ReadInt64(), TimeSpan.Zero);
        var checkedTicks = reader.ReadByte() switch
        {
            Version => reader.ReadInt64(),
            VersionWithoutCheck => 0,
            _ => throw new FormatException("It is of another version."),
        };

        var (etag, lastModified, digest, skipReason) = (Text(reader), Text(reader), Key(reader), Text(reader));
        var followUps = new string[Count(reader)];
        for (var i = 0; i < followUps.Length; i++)
        {
            followUps[i] = reader.ReadString();
        }

        var objects = new KnownObject[Count(reader)];
        for (var i = 0; i < objects.Length; i++)
        {
            objects[i] = new KnownObject(Key(reader), (ObjectType)reader.ReadByte(), Text(reader), Text(reader));
        }

        var version = new PageVersion(etag, lastModified, digest, readUtc, followUps) { CheckedUtc = checkedTicks == 0 ? null : new DateTimeOffset(checkedTicks, TimeSpan.Zero) };
        return new KnownPage(version, skipReason, objects);
    }

    private static void Text(BinaryWriter writer, string? text) => writer.Write(text ?? "");

    private static string? Text(BinaryReader reader) => reader.ReadString() is { Length: > 0 } text ? text : null;

    private static string Key(BinaryReader reader)
    {
        var key = reader.ReadBytes(KeyLength);
        return key.Length == KeyLength ? Convert.ToHexStringLower(key) : throw new EndOfStreamException();
    }

    /// <summary>An item takes a byte at least: damage does not make us take memory for more than there is.</summary>
    private static int Count(BinaryReader reader)
    {
        var count = reader.Read7BitEncodedInt();
        return count >= 0 && count <= reader.BaseStream.Length - reader.BaseStream.Position ? count : throw new FormatException("It is cut off.");
    }
}
