using Marketline.Core.Naming;
using Marketline.Platforms.Crawl;

namespace Marketline.Tests.Platforms.Crawl;

public sealed class DigestFileTests
{
    [Test]
    public void Add_ManyTimesItsCapacity_IsAsASetInMemory()
    {
        using var file = new DigestFile(capacity: 16);
        var set = new HashSet<UInt128>();
        var digests = Enumerable.Range(0, 40_000).Select(i => Digest.NumberOf($"{i % 25_000}")).ToList();

        var answers = digests.Select(file.Add).ToList();

        Assert.That(answers, Is.EqualTo(digests.Select(set.Add)));
    }

    [Test]
    public void Add_DigestsThatDifferInTheirLastBitsOnly_AreNotTakenForEachOther()
    {
        using var file = new DigestFile(capacity: 16);
        var digests = Enumerable.Range(0, 1_000).Select(i => (UInt128)i).ToList();

        var answers = digests.Concat(digests).Select(file.Add).ToList();

        // Zero counts as one.
        Assert.That(answers, Is.EqualTo(digests.Select(digest => digest != 1).Concat(digests.Select(_ => false))));
    }
}
