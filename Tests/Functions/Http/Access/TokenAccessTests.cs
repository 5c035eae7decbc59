using System.Text;
using System.Text.Json.Nodes;
using Marketline.Core.Faults;
using Marketline.Core.Naming;
using Marketline.Core.Tenants;
using Marketline.Functions.Http.Access;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;

namespace Marketline.Tests.Functions.Http.Access;

public sealed class TokenAccessTests
{
    private const string Tenant = "acme";

    private LocalIssuer _issuer = null!;
    private LocalIssuer _stranger = null!;
    private TokenAccess _access = null!;

    [OneTimeSetUp]
    public async Task StartIssuers()
    {
        _issuer = await LocalIssuer.StartAsync();
        _stranger = await LocalIssuer.StartAsync();
        _access = NewAccess(_issuer);
    }

    [OneTimeTearDown]
    public async Task StopIssuers()
    {
        await _issuer.DisposeAsync();
        await _stranger.DisposeAsync();
    }

    [TestCase(0, TestName = "RS256")]
    [TestCase(1, TestName = "ES256")]
    [TestCase(2, TestName = "PS256")]
    public async Task Identify_GoodToken_IsTheTenantsOwner(int key)
    {
        var found = await IdentifyAsync(_issuer.Token(Tenant, key: _issuer.Keys[key]));

        Assert.That(found.Caller, Is.EqualTo(new Caller(AccessRole.Owner, TenantId.Parse(Tenant), "token:somebody")), found.WhatToDo);
    }

    [TestCase("Marketline.Reader", AccessRole.Reader)]
    [TestCase("Marketline.Owner", AccessRole.Owner)]
    [TestCase("Other.App Marketline.Reader Marketline.Owner", AccessRole.Owner)]
    public async Task Identify_Roles_TheHighestCounts(string roles, AccessRole expected)
    {
        var found = await IdentifyAsync(_issuer.Token(Tenant, claims => claims["roles"] = new JsonArray([.. roles.Split(' ').Select(role => (JsonNode)role)])));

        Assert.That(found.Caller?.Role, Is.EqualTo(expected));
    }

    /// <summary>An admin reaches no tenant's data, whatever tenant the token names.</summary>
    [TestCase(Tenant)]
    [TestCase(null)]
    public async Task Identify_AdminRole_IsNobodysTenant(string? tenant)
    {
        var found = await IdentifyAsync(
            _issuer.Token(
                Tenant,
                claims =>
                {
                    claims["roles"] = new JsonArray("Marketline.Owner", "Marketline.Admin");
                    claims[LocalIssuer.TenantClaim] = tenant;
                }
            )
        );

        Assert.That(found.Caller, Is.EqualTo(new Caller(AccessRole.Admin, null, "token:somebody")));
    }

    [TestCase("exp", -60, true)]
    [TestCase("exp", -240, false)]
    [TestCase("nbf", 60, true)]
    [TestCase("nbf", 240, false)]
    public async Task Identify_ClocksDiffer_TwoMinutesAreForgiven(string claim, int seconds, bool isTaken)
    {
        var found = await IdentifyAsync(_issuer.Token(Tenant, claims => claims[claim] = LocalIssuer.In(TimeSpan.FromSeconds(seconds))));

        Assert.That(found.Caller is not null, Is.EqualTo(isTaken), found.WhatToDo);
    }

    [TestCaseSource(nameof(BadTokens))]
    public async Task Identify_BadToken_IsNobodyAndSaysWhatToDo(string attack)
    {
        var token = TokenAttacks.All.Single(known => known.Name == attack).Token(_issuer);

        var found = await IdentifyAsync(token);

        Assert.That(found.Caller, Is.Null);
        Assert.That(found.WhatToDo, Is.Not.Empty.And.Not.Contains("IDX").And.Not.Contains("Exception"));
    }

    private static IEnumerable<string> BadTokens => TokenAttacks.All.Select(attack => attack.Name);

    [TestCase("jku")]
    [TestCase("x5u")]
    [TestCase("jwk")]
    public async Task Identify_HeaderBringsItsOwnKey_NobodyFetchesOrBelievesIt(string header)
    {
        var key = _stranger.Keys[0];
        JsonNode brought = header == "jwk" ? key.Jwk.DeepClone() : $"{_stranger.Authority}/keys";
        var before = _stranger.Requests.Count;

        var found = await IdentifyAsync(_issuer.Token(Tenant, header: head => head[header] = brought, key: key));

        Assert.That(found.Caller, Is.Null);
        Assert.That(_stranger.Requests, Has.Count.EqualTo(before));
    }

    [Test]
    public async Task Identify_KeyIdIsAPath_NobodyGoesThere()
    {
        foreach (var id in new[] { "../../../../etc/passwd", "' or '1' eq '1", "http://127.0.0.1:1/", new string('k', 5_000), "\0", "keys?x=" })
        {
            await IdentifyAsync(_issuer.Token(Tenant, header: head => head["kid"] = id, key: _stranger.Keys[0]));
        }

        Assert.That(_issuer.Requests.Distinct(), Is.SubsetOf(new[] { "/directory/v2.0/.well-known/openid-configuration", "/directory/v2.0/keys" }));
    }

    [Test]
    public async Task Identify_Garbage_IsRefusedWithoutAnException()
    {
        var random = new Random(5);
        foreach (var length in Enumerable.Range(0, 300))
        {
            var bytes = new byte[length];
            random.NextBytes(bytes);
            var text = WebEncoders.Base64UrlEncode(bytes);

            foreach (var token in new[] { $"{text}.{text}.{text}", $"{text}..", "..", $".{text}.", Mutated(_issuer.Token(Tenant), random) })
            {
                var found = await IdentifyAsync(token);
                Assert.That((found.Caller, found.WhatToDo.Length > 0), Is.EqualTo(((Caller?)null, true)), token);
            }
        }
    }

    [Test]
    public async Task Identify_IssuerHasANewKey_IsFoundAndTheOldOneIsNotTakenAnyMore()
    {
        await using var issuer = await LocalIssuer.StartAsync();
        var access = NewAccess(issuer);
        var old = issuer.Token(Tenant);
        await IdentifyAsync(old, access);
        issuer.Keys = [IssuerKey.NewEc("next")];

        await TakenAsync(issuer, access);

        Assert.That((await IdentifyAsync(old, access)).Caller, Is.Null);
    }

    [Test]
    public async Task Identify_ManyUnknownKeys_TheIssuerIsNotAskedForEach()
    {
        await using var issuer = await LocalIssuer.StartAsync();
        var access = new TokenAccess(Options.Create(issuer.Options()));

        for (var i = 0; i < 50; i++)
        {
            await IdentifyAsync(issuer.Token(Tenant, header: head => head["kid"] = $"unknown{i}", key: _stranger.Keys[0]), access);
        }

        Assert.That(issuer.Requests, Has.Count.LessThanOrEqualTo(4));
    }

    [Test]
    public async Task Identify_IssuerIsBroken_NobodyIsRefusedForIt()
    {
        await using var issuer = await LocalIssuer.StartAsync();
        issuer.IsBroken = true;
        var access = NewAccess(issuer);

        Assert.That(() => IdentifyAsync(issuer.Token(Tenant), access), Throws.TypeOf<TransientStepException>());
        issuer.IsBroken = false;
        await TakenAsync(issuer, access);
    }

    [Test]
    public async Task Identify_IssuerBreaksLater_ItsKnownKeysGoOn()
    {
        await using var issuer = await LocalIssuer.StartAsync();
        var access = NewAccess(issuer);
        await IdentifyAsync(issuer.Token(Tenant), access);
        issuer.IsBroken = true;

        await IdentifyAsync(issuer.Token(Tenant, key: _stranger.Keys[0], header: head => head["kid"] = "unknown"), access);
        var found = await IdentifyAsync(issuer.Token(Tenant), access);

        Assert.That(found.Caller, Is.Not.Null);
    }

    [Test]
    public async Task Identify_NoIssuerIsSet_SaysThatKeysAreTaken()
    {
        var access = new TokenAccess(Options.Create(new AccessOptions { Pepper = Convert.ToBase64String(new byte[32]) }));

        var found = await IdentifyAsync(_issuer.Token(Tenant), access);

        Assert.That((found.Caller, found.WhatToDo), Is.EqualTo(((Caller?)null, "Tokens are not taken here; send an API key, 'Authorization: Bearer mk_…'.")));
    }

    private static string Mutated(string token, Random random)
    {
        var text = new StringBuilder(token);
        var place = random.Next(text.Length);
        text[place] = text[place] == 'A' ? 'B' : 'A';

        // The last character of a part carries bits that mean nothing.
        return place == token.Length - 1 || token[place] == '.' ? "a.b.c" : text.ToString();
    }

    /// <summary>The library has its own clock: it asks the issuer again after a second of it.</summary>
    private async Task TakenAsync(LocalIssuer issuer, TokenAccess access)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (true)
        {
            try
            {
                if ((await IdentifyAsync(issuer.Token(Tenant), access)).Caller is not null)
                {
                    return;
                }
            }
            catch (TransientStepException)
            {
                // Not asked again yet.
            }

            await Task.Delay(20, patience.Token);
        }
    }

    private static TokenAccess NewAccess(LocalIssuer issuer) => new(Options.Create(issuer.Options()), TimeSpan.FromSeconds(1));

    private Task<Identification> IdentifyAsync(string token, TokenAccess? access = null) => (access ?? _access).IdentifyAsync(token, CancellationToken.None);
}
