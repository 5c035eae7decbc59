using Marketline.Core.Naming;

namespace Marketline.Tests.Core.Naming;

public sealed class TenantIdTests
{
    [TestCase("abc")]
    [TestCase("demobrand")]
    [TestCase("t0123456789012345678901234567890")]
    public void TryParse_LegalId_IsKept(string text)
    {
        var isValid = TenantId.TryParse(text, out var id);

        Assert.That(isValid, Is.True);
        Assert.That(id.Value, Is.EqualTo(text));
    }

    [TestCase(null)]
    [TestCase("")]
    [TestCase("ab")]
    [TestCase("1abc")]
    [TestCase("Abc")]
    [TestCase("ab-c")]
    [TestCase("ab/c")]
    [TestCase("ab'c")]
    [TestCase("аbc", Description = "a Cyrillic letter")]
    [TestCase("t01234567890123456789012345678901", Description = "33 characters")]
    public void TryParse_AnythingElse_IsRefused(string? text)
    {
        var isValid = TenantId.TryParse(text, out _);

        Assert.That(isValid, Is.False);
    }

    [Test]
    public void Value_NeverSet_Throws() => Assert.That(() => default(TenantId).Value, Throws.InvalidOperationException);
}
