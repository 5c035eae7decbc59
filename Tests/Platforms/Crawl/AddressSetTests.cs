using Marketline.Platforms.Crawl;

namespace Marketline.Tests.Platforms.Crawl;

public sealed class AddressSetTests
{
    [Test]
    public void Add_MoreThanAreHeld_KnowsEachOfThemOnce()
    {
        using var set = new AddressSet();
        var addresses = Enumerable.Range(0, AddressSet.MaxHeldCount + 20_000).Select(i => $"https://shop.example/p/{i}").ToList();

        var first = addresses.Count(set.Add);
        var second = addresses.Count(set.Add);

        Assert.That((first, second), Is.EqualTo((addresses.Count, 0)));
        Assert.That(set.Add("https://shop.example/another"), Is.True);
    }

    [Test]
    public void Add_ReachesTheFile_LastOfTheFirstIsKnown()
    {
        using var set = new AddressSet();
        for (var i = 0; i < AddressSet.MaxHeldCount; i++)
        {
            set.Add($"https://shop.example/p/{i}");
        }

        var again = set.Add($"https://shop.example/p/{AddressSet.MaxHeldCount - 1}");

        Assert.That(again, Is.False);
    }
}
