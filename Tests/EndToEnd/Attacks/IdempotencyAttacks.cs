using System.Text.Json;
using Marketline.Core.Naming;

namespace Marketline.Tests.EndToEnd.Attacks;

/// <summary>Idempotency keys of others, with other bodies, and such as could pass for something else.</summary>
[Parallelizable]
[CancelAfter(120_000)]
public sealed class IdempotencyAttacks
{
    private const string Body = """{"name":"factory","role":"Reader","expiresUtc":"2100-01-01T00:00:00Z"}""";

    [Test]
    public async Task Replay_OfAnotherTenantsKey_IsARequestOfItsOwn()
    {
        var installation = await AttackSetup.GetAsync();
        // Not the two others: here both make keys.
        var victim = await installation.AddTenantAsync(TenantId.Parse("replayed"), "Replayed");
        var attacker = await installation.AddTenantAsync(TenantId.Parse("replay"), "Replays");
        var theirs = await SendAsync(installation, victim.Reveal(), "shared", Body);

        var own = await SendAsync(installation, attacker.Reveal(), "shared", Body);
        var other = await SendAsync(installation, attacker.Reveal(), "shared", Body.Replace("factory", "changed", StringComparison.Ordinal));
        var again = await SendAsync(installation, attacker.Reveal(), "shared", Body);
        var theirsAgain = await SendAsync(installation, victim.Reveal(), "shared", Body);

        Assert.That((theirs.Status, own.Status, other.Status, again.Status, theirsAgain.Status), Is.EqualTo((201, 201, 422, 409, 409)));
        Assert.That($"{own.Body}{other.Body}{again.Body}", Does.Not.Contain(Key(theirs)));
        Assert.That($"{again.Body}{theirsAgain.Body}", Does.Not.Contain("mk_"));
    }

    // The body is refused as well: whatever becomes of the key, nothing is done.
    [TestCase("")]
    [TestCase(" ")]
    [TestCase("a b")]
    [TestCase("a\tb")]
    [TestCase("a,b,c")]
    [TestCase("' or '1' eq '1")]
    [TestCase("'or'1'eq'1")]
    [TestCase("../../acme")]
    [TestCase("acme")]
    [TestCase("operator-")]
    [TestCase("%00")]
    [TestCase("/\\#?")]
    [TestCase("CreateKeyEndpoint\\nx")]
    public async Task Keys_OddOnes_AreNamesOrRefused(string key)
    {
        var installation = await AttackSetup.GetAsync();

        await Attacks.AssertHarmlessAsync(
            installation,
            [new Attack(key, () => Request(installation, installation.Attacker.Owner.Reveal(), key, """{"name":""}"""), key) { Status = 400 }]
        );
    }

    [TestCase(128, 400)]
    [TestCase(129, 400)]
    [TestCase(20_000, 400)]
    public async Task Keys_Overlong_AreRefused(int length, int status)
    {
        var installation = await AttackSetup.GetAsync();
        var key = new string('k', length);

        await Attacks.AssertHarmlessAsync(
            installation,
            [new Attack($"{length}", () => Request(installation, installation.Attacker.Owner.Reveal(), key, """{"name":""}"""), key) { Status = status }]
        );
    }

    private static Task<AttackAnswer> SendAsync(AttackedInstallation installation, string apiKey, string key, string body) =>
        Attacks.SendAsync(() => Request(installation, apiKey, key, body), default);

    private static HttpRequestMessage Request(AttackedInstallation installation, string apiKey, string key, string body)
    {
        var request = Attacks.Request(installation, "POST", "api/keys", apiKey, Attacks.Json(body));
        request.Headers.TryAddWithoutValidation("Idempotency-Key", key);
        return request;
    }

    private static string Key(AttackAnswer answer) => JsonSerializer.Deserialize<JsonElement>(answer.Body).GetProperty("key").GetProperty("keyId").GetString()!;
}
