using Marketline.Core.Crawl;

namespace Marketline.Tests.Core.Crawl;

public sealed class MirrorAddressTests
{
    private static readonly Uri Mirror = new("http://127.0.0.1:5000/");

    [TestCase("https://www.shop.example/a/b.html?x=1&y=%C3%A9")]
    [TestCase("https://shop.example/")]
    [TestCase("https://shop.example/?q=a%2Fb")]
    [TestCase("https://xn--bcher-kva.example/b")]
    public void ToOriginal_CopyOfAnAddress_GivesItBack(string original)
    {
        var copy = MirrorAddress.FromOriginal(Mirror, new Uri(original));

        Assert.That(MirrorAddress.ToOriginal(Mirror, copy), Is.EqualTo(new Uri(original)));
        Assert.That(copy.Authority, Is.EqualTo(Mirror.Authority));
    }

    [TestCase("http://127.0.0.1:5000/favicon.ico")]
    [TestCase("http://127.0.0.1:5000/static/app.js")]
    [TestCase("http://127.0.0.1:5000/")]
    [TestCase("http://other.example/shop.example/p")]
    public void ToOriginal_NoCopy_IsNull(string address)
    {
        Assert.That(MirrorAddress.ToOriginal(Mirror, new Uri(address)), Is.Null);
    }

    [TestCase("<https://a.example/x>; rel=\"original\"", "https://a.example/x")]
    [TestCase("<https://a.example/x>;rel=original", "https://a.example/x")]
    [TestCase("<https://a.example/1>; rel=\"timegate\", <https://a.example/x,y>; title=\"a\"; rel=\"memento original\"", "https://a.example/x,y")]
    [TestCase("<https://a.example/1>; rel=\"next\"", null)]
    [TestCase("nonsense", null)]
    [TestCase("<unclosed", null)]
    [TestCase("<>; rel=original", "")]
    public void FindOriginal_LinkHeader_GivesItsTarget(string header, string? original)
    {
        Assert.That(MirrorAddress.FindOriginal([header]), Is.EqualTo(original));
    }
}
