using Marketline.Core.Naming;

namespace Marketline.Tests.Core.Naming;

public sealed class CanonicalUrlTests
{
    [TestCase("HTTPS://Shop.Example:443/A/../b/%7euser", "https://shop.example/b/~user")]
    [TestCase("https://shop.example", "https://shop.example/")]
    [TestCase("https://shop.example/p?b=2&a=1#reviews", "https://shop.example/p?b=2&a=1")]
    [TestCase("https://shop.example/p?utm_source=x&sku=1&gclid=y", "https://shop.example/p?sku=1")]
    [TestCase("https://shop.example/p?utm_source=x", "https://shop.example/p")]
    [TestCase("http://shop.example:8080/p", "http://shop.example:8080/p")]
    [TestCase("https://bücher.example/ä", "https://xn--bcher-kva.example/%C3%A4")]
    public void TryCreate_WrittenForms_AreOne(string url, string expected)
    {
        var canonical = CanonicalUrl.TryCreate(url);

        Assert.That(canonical, Is.EqualTo(expected));
        Assert.That(CanonicalUrl.TryCreate(canonical), Is.EqualTo(expected), "it is stable");
    }

    [TestCase(null)]
    [TestCase("")]
    [TestCase("/relative")]
    [TestCase("mailto:a@b.example")]
    [TestCase("file:///etc/passwd")]
    [TestCase("javascript:alert(1)")]
    public void TryCreate_NoWebAddress_IsNull(string? url)
    {
        var canonical = CanonicalUrl.TryCreate(url);

        Assert.That(canonical, Is.Null);
    }
}
