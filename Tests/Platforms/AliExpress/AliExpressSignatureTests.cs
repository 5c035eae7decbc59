using Marketline.Platforms.AliExpress;

namespace Marketline.Tests.Platforms.AliExpress;

internal sealed class AliExpressSignatureTests
{
    /// <summary>
    /// The example of https://developer.alibaba.com/docs/doc.htm?articleId=120693&amp;docType=1&amp;treeId=727. Its text names another path
    /// than the one that its signature is of (openssl dgst -sha256 -hmac helloworld).
    /// </summary>
    [Test]
    public void Sign_PublishedExample_GivesItsSignature()
    {
        var parameters = new Dictionary<string, string> { ["app_key"] = "123456", ["access_token"] = "test", ["timestamp"] = "1517820392000", ["sign_method"] = "sha256", ["order_id"] = "1234" };

        var signature = AliExpressSignature.Sign(parameters, "helloworld", "/order/get");

        Assert.That(signature, Is.EqualTo("4190D32361CFB9581350222F345CB77F3B19F0E31D162316848A2C1FFD5FAB4A"));
    }

    /// <summary>By https://open.alitrip.com/docs/doc.htm?articleId=120692: foo=1, bar=2, foo_bar=3, foobar=4 is bar2foo1foo_bar3foobar4.</summary>
    [Test]
    public void Sign_Names_AreSortedInAscii()
    {
        var parameters = new Dictionary<string, string> { ["foo"] = "1", ["bar"] = "2", ["foobar"] = "4", ["foo_bar"] = "3" };

        var signature = AliExpressSignature.Sign(parameters, "helloworld");

        Assert.That(signature, Is.EqualTo("339676BF36C50A8BD3D8F6B4A81B2F9AA614B05BFCFEBEFC169CB830D6B77D3B"));
    }
}
