using Marketline.Core.Naming;

namespace Marketline.Tests.Core.Naming;

public sealed class ObjectKeyTests
{
    [TestCase("https://shop.example/p?a=1&b=2", "https://shop.example/p?b=2&a=1")]
    [TestCase("https://shop.example/p?list=2&a&list=1", "https://shop.example/p?a&list=2&list=1")]
    public void FromUrl_ParametersInAnotherOrder_IsTheSameObject(string one, string other)
    {
        Assert.That(ObjectKey.FromUrl(one, "part"), Is.EqualTo(ObjectKey.FromUrl(other, "part")));
    }

    [TestCase("https://shop.example/p?a=1&b=2", "https://shop.example/p?a=2&b=1")]
    [TestCase("https://shop.example/p?list=2&list=1", "https://shop.example/p?list=1&list=2")]
    [TestCase("https://shop.example/p", "https://shop.example/p?a=1")]
    public void FromUrl_OtherParameters_IsAnotherObject(string one, string other)
    {
        Assert.That(ObjectKey.FromUrl(one), Is.Not.EqualTo(ObjectKey.FromUrl(other)));
    }

    [Test]
    public void FromUrl_Parts_AreObjectsOfTheirOwn()
    {
        const string url = "https://shop.example/p?a=1&b=2";

        Assert.That(new[] { ObjectKey.FromUrl(url), ObjectKey.FromUrl(url, "1"), ObjectKey.FromUrl(url, "2") }, Is.Unique);
    }
}
