using System.Text.Json;
using System.Text.RegularExpressions;

namespace Marketline.Tests.EndToEnd.Attacks;

/// <summary>The victim's own ids, in the places where they belong and in those where they do not.</summary>
[Parallelizable]
[CancelAfter(120_000)]
public sealed partial class OtherTenantAttacks
{
    private static readonly string[] TenantHeaders =
    [
        "X-Tenant-Id", "X-Tenant", "Tenant", "X-Forwarded-Tenant", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-User", "X-Forwarded-Prefix", "Forwarded", "X-Real-IP", "X-Original-URL", "X-Rewrite-URL",
        "X-Original-Host", "X-Host", "X-User", "X-User-Id", "X-Remote-User", "X-Auth-Request-User", "X-MS-CLIENT-PRINCIPAL", "X-MS-CLIENT-PRINCIPAL-ID", "X-MS-TOKEN-AAD-ID-TOKEN", "x-functions-key",
        "x-functions-clientid", "X-Role", "X-Admin", "Cookie", "Referer", "Origin", "From", "Via", "X-Correlation-Id", "traceparent", "tracestate", "baggage", "x-ms-version", "x-ms-continuation-NextPartitionKey",
    ];

    /// <summary>What is somebody else's is answered as what never was.</summary>
    [Test]
    public async Task Ids_OfTheVictim_AreAnsweredAsThoseOfNobody()
    {
        var installation = await AttackSetup.GetAsync();
        var (victim, own) = (installation.Victim, installation.Attacker);
        var differences = new List<string>();
        foreach (var operation in AttackedEndpoints.Tenants.Where(operation => operation.Methods.All(method => method != "PUT")))
        {
            foreach (var (parameter, theirs, nobodys) in Ids(victim).Where(id => AttackedEndpoints.Parameters(operation).Contains(id.Parameter)))
            {
                var answers = new List<string>();
                foreach (var id in new[] { theirs, nobodys })
                {
                    var path = AttackedEndpoints.Path(operation, own, parameter, id);
                    var method = operation.Methods[0];
                    var answer = await Attacks.SendAsync(() => Attacks.Request(installation, method, path, own.Owner.Reveal(), AttackedEndpoints.HasBody(operation, method) ? Attacks.Json("{}") : null), default);
                    answers.Add($"{answer.Status} {Trace().Replace(answer.Body, "").Replace(id, "it", StringComparison.Ordinal)}");
                }

                if (answers[0] != answers[1] || !answers[0].StartsWith('4'))
                {
                    differences.Add($"{operation.Route} {parameter}: {string.Join(" | ", answers)}");
                }
            }
        }

        Assert.That(differences, Is.Empty, string.Join('\n', differences));
    }

    /// <summary>Nothing but the key says whose request it is.</summary>
    [Test]
    public async Task Headers_NameTheVictim_AnswerIsTheSameAsWithout()
    {
        var installation = await AttackSetup.GetAsync();
        var reads = AttackedEndpoints
            .Tenants.Where(operation => operation.Methods.Contains("GET") && !operation.About.ContentType.Contains("event-stream", StringComparison.Ordinal))
            .Select(operation => AttackedEndpoints.Path(operation, installation.Attacker))
            .ToList();
        var differences = new List<string>();
        foreach (var path in reads)
        {
            var expected = await Attacks.SendAsync(() => Attacks.Request(installation, "GET", path, installation.Attacker.Reader.Reveal()), default);
            var answer = await Attacks.SendAsync(() => WithHeaders(installation, path), default);
            if (answer.Status != expected.Status || Trace().Replace(answer.Body, "") != Trace().Replace(expected.Body, ""))
            {
                differences.Add($"{path}: {expected} | {answer}");
            }
        }

        Assert.That(differences, Is.Empty, string.Join('\n', differences));
    }

    [Test]
    public async Task Headers_OneByOne_GiveNothingOfTheVictims()
    {
        var installation = await AttackSetup.GetAsync();
        var victim = installation.Victim;

        var attacks =
            from path in new[] { "api/runs", "api/datasets", $"api/runs/{victim.RunId}", $"api/objects/{victim.ObjectKey}" }
            from header in TenantHeaders
            from value in new[] { victim.TenantId.Value, victim.Owner.Id, $"/api/runs/{victim.RunId}", "operator" }
            select new Attack(
                $"{path} {header}: {value}",
                () =>
                {
                    var request = Attacks.Request(installation, "GET", path, installation.Attacker.Owner.Reveal());
                    request.Headers.TryAddWithoutValidation(header, value);
                    return request;
                },
                path,
                value
            )
            {
                MayPass = !path.Contains(victim.RunId, StringComparison.Ordinal) && !path.Contains(victim.ObjectKey, StringComparison.Ordinal),
            };

        await Attacks.AssertHarmlessAsync(installation, attacks);
    }

    /// <summary>A body that names the victim is about the attacker's own all the same.</summary>
    [Test]
    public async Task Bodies_NameTheVictim_WriteTheAttackersOwn()
    {
        var installation = await AttackSetup.GetAsync();
        var (victim, own) = (installation.Victim, installation.Writer);
        var site = JsonSerializer.Serialize(own.Site);
        (string Method, string Path, string Body)[] requests =
        [
            ("PUT", "api/plans/mine", $$"""{"tenantId":"{{victim.TenantId}}","planId":"{{victim.PlanId}}","platform":"generic-shop","kind":"products","sites":[{"baseUrl":{{site}}}]}"""),
            ("PUT", "api/plans/mine2", $$"""{"TENANTID":"{{victim.TenantId}}","tenant":{"id":"{{victim.TenantId}}"},"platform":"generic-shop","kind":"products","sites":[{"baseUrl":{{site}}}]}"""),
            ("PUT", $"api/plans/{victim.PlanId}", $$"""{"platform":"generic-shop","kind":"products","sites":[{"baseUrl":{{site}}}]}"""),
            ("POST", "api/keys", $$"""{"name":"x","role":"Reader","tenantId":"{{victim.TenantId}}"}"""),
            ("POST", "api/keys", $$"""{"name":"x","role":"Reader","id":"{{victim.Owner.Id}}","keyId":"{{victim.Owner.Id}}"}"""),
            ("POST", "api/runs", $$"""{"planId":"{{own.PlanId}}","tenantId":"{{victim.TenantId}}","runId":"{{victim.RunId}}","instanceId":"{{victim.RunId}}"}"""),
            ("POST", "api/runs", $$"""{"planId":"{{victim.TenantId}}-{{victim.PlanId}}"}"""),
            ("POST", "api/runs", $$"""{"planId":"{{victim.RunId}}"}"""),
        ];

        var attacks = requests.Select(request => new Attack(
            $"{request.Method} {request.Path} {request.Body}",
            () => Attacks.Request(installation, request.Method, request.Path, own.Owner.Reveal(), Attacks.Json(request.Body)),
            request.Path,
            request.Body
        )
        {
            MayPass = true,
        });

        await Attacks.AssertHarmlessAsync(installation, attacks);
    }

    /// <summary>Where a list goes on for the victim it does not for the attacker.</summary>
    [Test]
    public async Task Cursors_OfTheVictim_AreRefused()
    {
        var installation = await AttackSetup.GetAsync();
        var attacks = new List<Attack>();
        foreach (var operation in AttackedEndpoints.Tenants.Where(operation => operation.Query.Any(parameter => parameter.Name == "cursor")))
        {
            var path = AttackedEndpoints.Path(operation, installation.Victim);
            var page = await Attacks.SendAsync(() => Attacks.Request(installation, "GET", $"{path}?limit=1", installation.Victim.Reader.Reveal()), default);
            if (Next().Match(page.Body) is { Success: true } next)
            {
                var cursor = Uri.EscapeDataString(next.Groups[1].Value);
                var theirs = $"{AttackedEndpoints.Path(operation, installation.Attacker)}?limit=1&cursor={cursor}";
                attacks.Add(new Attack(theirs, () => Attacks.Request(installation, "GET", theirs, installation.Attacker.Owner.Reveal()), theirs) { Status = 400 });
            }
        }

        attacks.Add(new Attack("a made-up one", () => Attacks.Request(installation, "GET", "api/runs?cursor=AAAAAAAAAAAAAAAAAAAAAAAA", installation.Attacker.Owner.Reveal())) { MayPass = true });
        await Attacks.AssertHarmlessAsync(installation, attacks);
    }

    private static IEnumerable<(string Parameter, string Theirs, string Nobodys)> Ids(AttackedTenant victim)
    {
        yield return ("runId", victim.RunId, $"{victim.TenantId}-{victim.PlanId}-20200101T000000Z");
        yield return ("runId", victim.RunId, "nobody-nothing-20200101T000000Z");
        yield return ("keyId", victim.Owner.Id, new string('0', 16));
        yield return ("objectKey", victim.ObjectKey, new string('0', 32));
        yield return ("planId", victim.PlanId, "nothing");
    }

    private static HttpRequestMessage WithHeaders(AttackedInstallation installation, string path)
    {
        var request = Attacks.Request(installation, "GET", path, installation.Attacker.Reader.Reveal());
        foreach (var header in TenantHeaders.Except(["X-Correlation-Id"]))
        {
            request.Headers.TryAddWithoutValidation(header, installation.Victim.TenantId.Value);
        }

        request.Headers.Host = $"{installation.Victim.TenantId}.example";
        return request;
    }

    /// <summary>What is different in each answer.</summary>
    [GeneratedRegex("\"(traceId|lastUsedUtc)\":\"[^\"]*\"")]
    private static partial Regex Trace();

    [GeneratedRegex("\"next(?:Cursor)?\":\"(?:[^\"]*[?&]cursor=)?([^\"&]+)")]
    private static partial Regex Next();
}
