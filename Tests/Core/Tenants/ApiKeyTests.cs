using Marketline.Core.Tenants;

namespace Marketline.Tests.Core.Tenants;

public sealed class ApiKeyTests
{
    [Test]
    public void TryParse_RevealedKey_IsTheSameKey()
    {
        var key = ApiKey.Create();

        var isValid = ApiKey.TryParse(key.Reveal(), out var parsed);

        Assert.That(isValid, Is.True);
        Assert.That(parsed, Is.EqualTo(key));
    }

    [Test]
    public void ToString_NeverShowsTheSecret()
    {
        var key = ApiKey.Create();

        Assert.That($"{key}", Does.Not.Contain(key.Secret));
    }

    [Test]
    public void Hash_OtherPepperOrSecret_Differs()
    {
        var key = ApiKey.Create();

        var hashes = new[] { key.Hash([1]), key.Hash([2]), ApiKey.Create().Hash([1]) };

        Assert.That(hashes.Select(Convert.ToHexString), Is.Unique);
        Assert.That(key.Hash([1]), Is.EqualTo(hashes[0]));
    }

    [TestCase(null)]
    [TestCase("")]
    [TestCase("mk_0123456789abcdef")]
    [TestCase("mk_0123456789ABCDEF_0000000000000000000000000000000000000000000000000000000000000000")]
    [TestCase("xk_0123456789abcdef_0000000000000000000000000000000000000000000000000000000000000000")]
    [TestCase("mk_0123456789abcdef-0000000000000000000000000000000000000000000000000000000000000000")]
    [TestCase("mk_0123456789abcdef_000000000000000000000000000000000000000000000000000000000000000g")]
    public void TryParse_AnythingElse_IsRefused(string? text)
    {
        var isValid = ApiKey.TryParse(text, out _);

        Assert.That(isValid, Is.False);
    }
}
