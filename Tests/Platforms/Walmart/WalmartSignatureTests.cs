using Marketline.Platforms.Api;
using Marketline.Platforms.Walmart;

namespace Marketline.Tests.Platforms.Walmart;

internal sealed class WalmartSignatureTests
{
    private const long Timestamp = 1440058729000;

    public static IEnumerable<string> Forms => [WalmartKeys.Pem, WalmartKeys.OneLinePem, WalmartKeys.RsaPem, WalmartKeys.Pkcs8];

    [TestCaseSource(nameof(Forms))]
    public void Sign_PublishedExample_GivesWhatOpensslGives(string privateKey)
    {
        var signature = WalmartSignature.Sign(WalmartKeys.ConsumerId, Timestamp, "1", privateKey);

        Assert.That(signature, Is.EqualTo(WalmartKeys.KnownSignature));
    }

    [TestCase("nonsense")]
    [TestCase("bm9uc2Vuc2U=")]
    [TestCase("-----BEGIN PRIVATE KEY-----\nbm9uc2Vuc2U=\n-----END PRIVATE KEY-----")]
    [TestCase("-----BEGIN CERTIFICATE-----\nbm9uc2Vuc2U=\n-----END CERTIFICATE-----")]
    [TestCase("-----BEGIN ENCRYPTED PRIVATE KEY-----\nbm9uc2Vuc2U=\n-----END ENCRYPTED PRIVATE KEY-----")]
    public void Sign_SecretThatIsNoKey_SaysSoWithoutTheSecret(string privateKey)
    {
        var error = Assert.Throws<ApiRefusedException>(() => WalmartSignature.Sign(WalmartKeys.ConsumerId, Timestamp, "1", privateKey));

        Assert.That(error!.Message, Does.Contain("privateKey").And.Contain("PEM").And.Not.Contain("onsense").And.Not.Contain("bm9uc2Vuc2U"));
        Assert.That(error.InnerException, Is.Null);
    }
}
