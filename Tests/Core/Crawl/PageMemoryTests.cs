using Marketline.Core.Crawl;
using Marketline.Core.Extract;
using Marketline.Core.Naming;

namespace Marketline.Tests.Core.Crawl;

public sealed class PageMemoryTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 21, 3, 15, 0, TimeSpan.Zero);

    private TemporaryFolder _folder = null!;

    [SetUp]
    public void SetUp() => _folder = new TemporaryFolder();

    [TearDown]
    public void TearDown() => _folder.Dispose();

    [Test]
    public void Find_PagesOfAllKinds_ComeBackWhole()
    {
        KnownPage[] pages =
        [
            Page(0) with { Objects = [new(Digest.Of("a"), ObjectType.Offer, null, null), new(Digest.Of("b"), ObjectType.Review, "https://shop.example/r", "duplicate")] },
            new(new PageVersion(null, null, Digest.Of("body"), Now.AddTicks(1), []), "not-a-product", []),
            new(new PageVersion("W/\"ä\"", "Sat, 21 Nov 2026 03:15:00 GMT", Digest.Of(""), Now, ["https://shop.example/2", "https://shop.example/3"]) { CheckedUtc = Now.AddHours(1) }, null, []),
        ];
        using var memory = Built(null, [.. pages.Select((page, i) => (Url(i), (KnownPage?)page))]);

        var found = pages.Select((_, i) => memory.Find(Url(i))!).ToList();

        Assert.That(found.Select(Words), Is.EqualTo(pages.Select(Words)));
        Assert.That((memory.Find(Url(99)), memory.Count, memory.Extraction), Is.EqualTo(((KnownPage?)null, 3, "code 1")));
    }

    [Test]
    public void Find_ManyPages_EachIsFoundAndNoOther()
    {
        using var memory = Built(null, [.. Enumerable.Range(0, 5_000).Select(i => (Url(i), (KnownPage?)Page(i)))]);

        var wrong = Enumerable.Range(0, 10_000).Count(i => memory.Find(Url(i))?.Version.ETag != (i < 5_000 ? $"\"{i}\"" : null));

        Assert.That((wrong, memory.Count), Is.EqualTo((0, 5_000)));
    }

    [Test]
    public void Read_PageOfTheFirstFormat_IsOneThatWasNotCheckedSince()
    {
        var written = KnownPageFormat.Write(Page(0));
        byte[] first = [.. written[..8], 1, .. written[17..]];

        var page = KnownPageFormat.Read(first);

        Assert.That((Words(page), page.Version.CheckedUtc), Is.EqualTo((Words(Page(0)), (DateTimeOffset?)null)));
    }

    [Test]
    public void Find_EmptyFile_IsNull()
    {
        using var memory = Built(null);

        Assert.That(memory.Find(Url(0)), Is.Null);
    }

    [Test]
    public void Write_MoreThanFitsInMemory_GivesTheSameFile()
    {
        var large = new string('x', 4_000);
        var pages = Enumerable.Range(0, 6_000).Select(i => (Url(i), Known: (KnownPage?)(Page(i) with { SkipReason = large }))).ToArray();
        using var memory = Built(null, pages);

        var wrong = pages.Where((page, i) => memory.Find(page.Item1)?.Version.ETag != $"\"{i}\"").Count();

        Assert.That(Directory.EnumerateFiles(_folder.FullPath, "pages-*").Count(), Is.GreaterThan(1), "spilled");
        Assert.That((wrong, memory.Count), Is.EqualTo((0, 6_000)));
    }

    [Test]
    public void Write_KnownBefore_IsKeptReplacedOrForgotten()
    {
        using var previous = Built(null, (Url(0), Page(0)), (Url(1), Page(1)), (Url(2), Page(2)), (Url(3), Page(3, Now.AddDays(-8))));

        using var memory = Built(previous, (Url(1), Page(11)), (Url(2), null), (Url(4), Page(4)));

        Assert.That(
            Enumerable.Range(0, 5).Select(i => memory.Find(Url(i))?.Version.ETag),
            Is.EqualTo(new[] { "\"0\"", "\"11\"", null, null, "\"4\"" })
        );
    }

    [Test]
    public void Write_KnownBeforeWasReadLater_Stays()
    {
        using var previous = Built(null, (Url(0), Page(1, Now.AddHours(1))));

        using var memory = Built(previous, (Url(0), Page(2)));

        Assert.That(memory.Find(Url(0))!.Version.ETag, Is.EqualTo("\"1\""));
    }

    [Test]
    public void Open_AnyByteMissingOrChanged_NeverGivesAWrongPage()
    {
        using (Built(null, [.. Enumerable.Range(0, 40).Select(i => (Url(i), (KnownPage?)Page(i)))])) { }
        var whole = File.ReadAllBytes(Path.Combine(_folder.FullPath, "known"));

        for (var i = 0; i < whole.Length; i += 7)
        {
            AssertHarmless(whole[..i]);
            var changed = (byte[])whole.Clone();
            changed[i] ^= 0x41;
            AssertHarmless(changed);
        }

        static void AssertHarmless(byte[] bytes)
        {
            try
            {
                using var memory = new PageMemory(new MemoryStream(bytes));
                _ = Enumerable.Range(0, 40).Select(i => memory.Find(Url(i))).ToList();
            }
            catch (InvalidDataException)
            {
                // Said, and in no other way.
            }
        }
    }

    private static string Url(int i) => $"https://shop.example/p/{i}";

    private static KnownPage Page(int i, DateTimeOffset? readUtc = null) =>
        new(new PageVersion($"\"{i}\"", null, Digest.Of($"{i}"), readUtc ?? Now, []), null, [new(Digest.Of($"o{i}"), ObjectType.Offer, null, null)]);

    private static string Words(KnownPage page) =>
        $"{page.Version with { FollowUps = [] }} {page.SkipReason} {string.Join(' ', page.Version.FollowUps)} {string.Join(' ', page.Objects)}";

    private PageMemory Built(PageMemory? previous, params (string Url, KnownPage? Page)[] pages)
    {
        using var builder = new PageMemoryBuilder(_folder.FullPath);
        foreach (var (url, page) in pages)
        {
            builder.Add(url, page);
        }

        var path = Path.Combine(_folder.FullPath, previous is null ? "known" : "known-then");
        using (var file = File.Create(path))
        {
            builder.Write(file, "code 1", previous, Now.AddDays(-7));
        }

        return new PageMemory(File.OpenRead(path));
    }
}
