using Marketline.Core.Naming;
using Marketline.Core.Tenants;
using Marketline.Functions.Http.Operations;
using Marketline.Tests.Functions.Http.Access;

namespace Marketline.Tests.EndToEnd.Attacks;

/// <summary>Keys and tokens that are missing, made up, broken, out of force, of too small a role, or several at once.</summary>
[Parallelizable]
[CancelAfter(120_000)]
public sealed class KeyAttacks
{
    [Test]
    public async Task NoKey_EveryGuardedEndpoint_AnswersUnauthorized()
    {
        var installation = await AttackSetup.GetAsync();

        var attacks =
            from operation in AttackedEndpoints.Guarded
            from method in operation.Methods
            let path = AttackedEndpoints.Path(operation, installation.Victim)
            from key in new[] { null, "", "mk_" }
            select new Attack($"{method} {path} '{key}'", () => Attacks.Request(installation, method, path, key), path) { Status = 401 };

        await Attacks.AssertHarmlessAsync(installation, attacks);
    }

    [Test]
    public async Task SmallerRole_EveryEndpoint_AnswersForbidden()
    {
        var installation = await AttackSetup.GetAsync();

        var attacks =
            from operation in AttackedEndpoints.Guarded
            from method in operation.Methods
            let path = AttackedEndpoints.Path(operation, installation.Attacker)
            from key in operation.Access switch
            {
                EndpointAccess.Admin => new[] { installation.Attacker.Owner, installation.Attacker.Reader },
                EndpointAccess.Owner => [installation.Attacker.Reader, installation.Admin],
                _ => [installation.Admin],
            }
            select new Attack($"{method} {path} {key}", () => Attacks.Request(installation, method, path, key.Reveal()), path) { Status = 403 };

        await Attacks.AssertHarmlessAsync(installation, attacks);
    }

    [Test]
    public async Task BrokenKeys_AnswerUnauthorized()
    {
        var installation = await AttackSetup.GetAsync();
        var (victim, own) = (installation.Victim.Owner, installation.Attacker.Owner);
        string[] keys =
        [
            $"mk_{victim.Id}_{own.Secret}", $"mk_{own.Id}_{victim.Secret}", $"mk_{installation.Admin.Id}_{own.Secret}", $"mk_{victim.Id}_{new string('0', 64)}", $"mk_{victim.Id}_", $"mk_{victim.Id}", victim.Id, victim.Secret,
            own.Reveal().ToUpperInvariant(), own.Reveal()[..^1], own.Reveal() + "0", own.Reveal() + "\0", $"mk_{own.Id.ToUpperInvariant()}_{own.Secret}", own.Reveal().Replace("mk_", "MK_", StringComparison.Ordinal), own.Reveal()[3..],
            $"mk_{own.Id}-{own.Secret}", $"mk__{own.Secret}", $"mk_{own.Secret}_{own.Id}", $"{own.Reveal()},{victim.Id}", $"{own.Reveal()} {own.Reveal()}", $"mk_' or '1' eq '1_{own.Secret}", $"mk_of-operator-000_{own.Secret}",
            $"mk_../../../../apikeys_{own.Secret}", $"mk_%00%00%00%00%00%0_{own.Secret}", "mk_" + new string('a', 8_000), new string('.', 2), "a.b.c", "null", "undefined", "Bearer", "*", "mk_0000000000000000_" + new string('0', 64), "mk_ffffffffffffffff_" + new string('f', 64),
        ];

        var attacks =
            from key in keys
            from header in new[] { "X-Api-Key", "Authorization" }
            select new Attack(
                $"{header}: {(key.Length > 60 ? key[..60] : key)}",
                () =>
                {
                    var request = Attacks.Request(installation, "GET", "api/runs", null);
                    request.Headers.TryAddWithoutValidation(header, header == "Authorization" ? $"Bearer {key.Replace("\0", "%00", StringComparison.Ordinal)}" : key.Replace("\0", "%00", StringComparison.Ordinal));
                    return request;
                }
            )
            {
                Status = 401,
            };

        await Attacks.AssertHarmlessAsync(installation, attacks);
    }

    [TestCase("Authorization: Bearer OWN\r\nAuthorization: Bearer VICTIM", 401)]
    [TestCase("Authorization: Bearer OWN\r\nX-Api-Key: OTHER", 401)]
    [TestCase("X-Api-Key: OWN\r\nX-Api-Key: OTHER", 401)]
    [TestCase("X-Api-Key: OWN\r\nx-api-key: OWN", 401)]
    [TestCase("Authorization: Bearer OWN, Bearer OTHER", 401)]
    [TestCase("Authorization: Bearer nonsense\r\nX-Api-Key: OWN", 401)]
    [TestCase("Authorization: Bearer OWN\r\nX-Api-Key: nonsense", 401)]
    [TestCase("Authorization: Token OWN", 401)]
    [TestCase("Authorization: BearerOWN", 401)]
    [TestCase("Authorization:Bearer OWN\r\nAuthorization:", 401)]
    [TestCase("Proxy-Authorization: Bearer OWN", 401)]
    [TestCase("Cookie: X-Api-Key=OWN", 401)]
    [TestCase("Authorization: Bearer OWN\r\nX-Api-Key: OWN", 200)]
    [TestCase("authorization: bearer OWN", 200)]
    public async Task SeveralKeys_AreOneOrNone(string headers, int status)
    {
        var installation = await AttackSetup.GetAsync();
        headers = headers
            .Replace("OWN", installation.Attacker.Owner.Reveal(), StringComparison.Ordinal)
            .Replace("OTHER", installation.Attacker.Reader.Reveal(), StringComparison.Ordinal)
            .Replace("VICTIM", $"mk_{installation.Victim.Owner.Id}_{new string('0', 64)}", StringComparison.Ordinal);

        var answer = await RawRequest.SendAsync(installation.Address, $"GET /api/runs HTTP/1.1\r\nHost: x\r\n{headers}\r\n\r\n");

        Assert.That(answer.Faults(new Attack("keys", () => null!) { Status = status }, installation.Victim.Marks), Is.Empty, $"{answer}");
    }

    [TestCase("expired")]
    [TestCase("revoked")]
    [TestCase("of another pepper")]
    [TestCase("of a tenant that is not there")]
    public async Task KeyOutOfForce_AnswersUnauthorized(string how)
    {
        var installation = await AttackSetup.GetAsync();
        var key = ApiKey.Create();
        var tenantId = how == "of a tenant that is not there" ? TenantId.Parse("nobody") : installation.Writer.TenantId;
        var stored = AttackedInstallation.Stored(key, tenantId, AccessRole.Owner);
        stored = how switch
        {
            "expired" => stored with { ExpiresUtc = DateTimeOffset.UnixEpoch },
            "revoked" => stored with { RevokedUtc = DateTimeOffset.UnixEpoch },
            "of another pepper" => stored with { SecretHash = key.Hash([1]) },
            _ => stored,
        };
        await installation.Keys.AddAsync(stored, default);

        var attacks =
            from operation in AttackedEndpoints.Guarded
            from method in operation.Methods
            let path = AttackedEndpoints.Path(operation, installation.Attacker)
            // Whether its tenant is there nobody asks where no tenant's key opens.
            let isForbidden = tenantId != installation.Writer.TenantId && operation.Access == EndpointAccess.Admin
            select new Attack($"{method} {path}", () => Attacks.Request(installation, method, path, key.Reveal()), path) { Status = isForbidden ? 403 : 401 };

        await Attacks.AssertHarmlessAsync(installation, attacks);
    }

    /// <summary>They ask for the victim's data by its id, which is the tenant of these tokens.</summary>
    [Test]
    public async Task BadTokens_AnswerUnauthorized()
    {
        var installation = await AttackSetup.GetAsync();
        Assert.That(installation.Victim.TenantId.Value, Is.EqualTo("acme"), "the tenant that the tokens are after");

        var attacks =
            from attack in TokenAttacks.All
            let token = attack.Token(installation.Issuer)
            // The server takes 32 kB of headers.
            where token.Length < 30_000
            select new Attack(attack.Name, () => WithToken(installation, $"api/runs/{installation.Victim.RunId}", token), installation.Victim.RunId) { Status = 401 };

        await Attacks.AssertHarmlessAsync(installation, attacks);
    }

    [Test]
    public async Task GoodToken_OfTheAttacker_ReachesItsOwnOnly()
    {
        var installation = await AttackSetup.GetAsync();
        var (victim, own) = (installation.Victim, installation.Attacker);
        var owner = installation.Issuer.Token(own.TenantId.Value);
        var admin = installation.Issuer.Token(victim.TenantId.Value, claims => claims["roles"] = "Marketline.Admin");

        Attack[] attacks =
        [
            new("own run", () => WithToken(installation, $"api/runs/{own.RunId}", owner)) { Status = 200 },
            new("victim's run", () => WithToken(installation, $"api/runs/{victim.RunId}", owner), victim.RunId) { Status = 404 },
            new("operator's list", () => WithToken(installation, "api/operator/keys", owner)) { Status = 403 },
            new("victim's run for an admin", () => WithToken(installation, $"api/runs/{victim.RunId}", admin), victim.RunId) { Status = 403 },
            new("tenant that is not there", () => WithToken(installation, "api/runs", installation.Issuer.Token("nobody"))) { Status = 401 },
        ];

        await Attacks.AssertHarmlessAsync(installation, attacks);
    }

    private static HttpRequestMessage WithToken(AttackedInstallation installation, string path, string token)
    {
        var request = Attacks.Request(installation, "GET", path, null);
        request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {token}");
        return request;
    }
}
