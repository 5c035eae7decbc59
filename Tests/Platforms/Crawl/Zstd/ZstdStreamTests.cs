using System.Text;
using Marketline.Platforms.Crawl.Zstd;

namespace Marketline.Tests.Platforms.Crawl.Zstd;

public sealed class ZstdStreamTests
{
    private static readonly byte[] Magic = [0x28, 0xb5, 0x2f, 0xfd];

    /// <summary>A raw block, the last of its frame (RFC 8878 §3.1.1.2).</summary>
    private static readonly byte[] Hello = [5 << 3 | 1, 0, 0, .. "hello"u8];

    [TestCase(1)]
    [TestCase(7)]
    [TestCase(100_000)]
    public void Read_InSmallAndLargeSteps_GivesTheSame(int step)
    {
        var text = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Range(0, 50_000)));
        using var stream = new ZstdStream(new MemoryStream(Codings.Compress("zstd", text)));
        var (read, buffer) = (new MemoryStream(), new byte[step]);

        while (stream.Read(buffer) is > 0 and var count)
        {
            read.Write(buffer, 0, count);
        }

        Assert.That((read.ToArray().AsSpan().SequenceEqual(text), stream.IsAtFrameEnd), Is.EqualTo((true, true)));
    }

    [Test]
    public void Read_FramesAndSkippableOnes_GivesTheFrames()
    {
        byte[] skippable = [0x50, 0x2a, 0x4d, 0x18, 3, 0, 0, 0, 1, 2, 3];
        byte[] frame = [.. Magic, 0, 0, .. Hello];

        var (text, isWhole) = Read([.. frame, .. skippable, .. frame, .. skippable]);

        Assert.That((text, isWhole), Is.EqualTo(("hellohello", true)));
    }

    [Test]
    public void Read_EndsInAFrame_SaysSo([Range(1, 13)] int length)
    {
        byte[] frame = [.. Magic, 0, 0, .. Hello];

        var (_, isWhole) = Read(frame[..length]);

        Assert.That(isWhole, Is.False);
    }

    [Test]
    public void Read_EndsInTheSecondFrame_SaysSo()
    {
        byte[] frame = [.. Magic, 0, 0, .. Hello];

        var (text, isWhole) = Read([.. frame, .. frame[..^3]]);

        Assert.That((text, isWhole), Is.EqualTo(("hellohe", false)));
    }

    [Test]
    public void Read_WindowOfEightMegabytes_IsTaken()
    {
        var (text, isWhole) = Read([.. Magic, 0, WindowOf(23), .. Hello]);

        Assert.That((text, isWhole), Is.EqualTo(("hello", true)));
    }

    [TestCase(24)]
    [TestCase(31)]
    [TestCase(41)]
    public void Read_LargerWindow_IsRefused(int log) =>
        Assert.That(() => Read([.. Magic, 0, WindowOf(log), .. Hello]), Throws.InstanceOf<InvalidDataException>().With.Message.Contains("too much memory"));

    [TestCase("hello, this is text")]
    [TestCase("\u001f\u008b\u0008\0\0\0\0\0\0\0")]
    public void Read_OtherBytes_IsRefused(string bytes) =>
        Assert.That(() => Read(Encoding.Latin1.GetBytes(bytes)), Throws.InstanceOf<InvalidDataException>());

    [Test]
    public void Read_Rubbish_EndsOrThrowsInvalidData()
    {
        var random = new Random(1);
        var whole = Codings.Compress("zstd", Encoding.ASCII.GetBytes(string.Concat(Enumerable.Range(0, 2_000))));
        for (var round = 0; round < 1_000; round++)
        {
            var damaged = whole.ToArray();
            damaged[random.Next(damaged.Length)] ^= (byte)(1 << random.Next(8));

            Assert.That(Failure(damaged), Is.Null.Or.InstanceOf<InvalidDataException>());
        }
    }

    private static Exception? Failure(byte[] bytes)
    {
        try
        {
            Read(bytes);
            return null;
        }
        catch (Exception exception)
        {
            return exception;
        }
    }

    /// <summary>The window descriptor of 2^<paramref name="log"/> bytes (RFC 8878 §3.1.1.1.2).</summary>
    private static byte WindowOf(int log) => (byte)((log - 10) << 3);

    private static (string Text, bool IsWhole) Read(byte[] bytes)
    {
        using var stream = new ZstdStream(new MemoryStream(bytes));
        using var text = new MemoryStream();
        stream.CopyTo(text);
        return (Encoding.ASCII.GetString(text.ToArray()), stream.IsAtFrameEnd);
    }
}
