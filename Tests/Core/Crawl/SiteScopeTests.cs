using Marketline.Core.Crawl;

namespace Marketline.Tests.Core.Crawl;

public sealed class SiteScopeTests
{
    [TestCase("https://shop.example/", "https://shop.example/p", true)]
    [TestCase("https://shop.example/", "http://www.shop.example/p", true)]
    [TestCase("https://www.shop.example/", "https://shop.example/p", true)]
    [TestCase("https://shop.example/", "https://blog.shop.example/p", false)]
    [TestCase("https://shop.example/", "https://shop.example:8443/p", false)]
    [TestCase("https://shop.example/de/", "https://shop.example/de/p", true)]
    [TestCase("https://shop.example/de/", "https://shop.example/fr/p", false)]
    [TestCase("http://127.0.0.1:5000/", "http://127.0.0.1:5001/", false)]
    public void Contains_Address_IsOfTheSiteOrNot(string site, string address, bool isOfSite)
    {
        Assert.That(new SiteScope(new Uri(site)).Contains(new Uri(address)), Is.EqualTo(isOfSite));
    }

    [TestCase("http://shop.example/", "https://www.shop.example/", true)]
    [TestCase("https://shop.example/", "https://m.shop.example/", true)]
    [TestCase("https://m.shop.example/", "https://shop.example/", true)]
    [TestCase("https://shop.example/", "https://badshop.example/", false)]
    [TestCase("https://shop.example/", "https://shop.example.evil/", false)]
    [TestCase("http://0.0.1/", "http://127.0.0.1/", false)]
    public void IsSameSite_Redirect_StaysWithTheSameOperator(string from, string to, bool isSame)
    {
        Assert.That(SiteScope.IsSameSite(new Uri(from), new Uri(to)), Is.EqualTo(isSame));
    }
}
