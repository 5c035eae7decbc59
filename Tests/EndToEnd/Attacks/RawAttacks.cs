using Marketline.Functions.Http.Operations;

namespace Marketline.Tests.EndToEnd.Attacks;

/// <summary>Requests that are hardly HTTP: methods, lines, hosts, lengths and headers that a client library would not send.</summary>
[Parallelizable]
[CancelAfter(120_000)]
public sealed class RawAttacks
{
    [TestCaseSource(nameof(Requests))]
    public async Task Request_IsRefusedWithoutInternals(string name)
    {
        var installation = await AttackSetup.GetAsync();
        var (_, text, mayPass) = All.Single(request => request.Name == name);
        var head = text
            .Replace("KEY", installation.Attacker.Owner.Reveal(), StringComparison.Ordinal)
            .Replace("VICTIM", installation.Victim.TenantId.Value, StringComparison.Ordinal)
            .Replace("RUN", installation.Victim.RunId, StringComparison.Ordinal);

        var answer = await RawRequest.SendAsync(installation.Address, head);

        var faults = answer.Faults(new Attack(name, () => null!, head) { MayPass = mayPass }, installation.Victim.Marks);
        Assert.That(faults, Is.Empty, $"{answer}");
        Assert.That(answer.Status, Is.InRange(200, 505), $"{answer}");
    }

    /// <summary>A method that an endpoint does not take, on every address.</summary>
    [Test]
    public async Task Methods_ThatNoEndpointTakes_AreRefused()
    {
        var installation = await AttackSetup.GetAsync();
        string[] methods = ["HEAD", "OPTIONS", "TRACE", "PATCH", "PUT", "DELETE", "POST", "PROPFIND", "SEARCH", "LOCK", "X", "get", "GETT"];
        var taken = AttackedEndpoints.All.SelectMany(operation => operation.Methods.Select(method => (AttackedEndpoints.Path(operation, installation.Attacker), method))).ToHashSet();

        var attacks =
            from operation in AttackedEndpoints.Guarded
            let path = AttackedEndpoints.Path(operation, installation.Attacker)
            from method in methods
            where !taken.Contains((path, method))
            select new Attack($"{method} {path}", () => Attacks.Request(installation, method, path, AttackedEndpoints.Key(operation, installation)), path) { IsOperators = operation.Access == EndpointAccess.Admin };

        // Methods are compared without regard to case by the server.
        await Attacks.AssertHarmlessAsync(installation, attacks.Where(attack => !attack.Name.StartsWith("get ", StringComparison.Ordinal)));
    }

    [Test]
    public async Task MethodOverrides_AreNotListenedTo()
    {
        var installation = await AttackSetup.GetAsync();
        string[] headers = ["X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override", "_method"];

        var attacks =
            from operation in AttackedEndpoints.Tenants
            where operation.Methods.Contains("GET")
            let path = AttackedEndpoints.Path(operation, installation.Attacker)
            from header in headers
            from method in new[] { "DELETE", "PUT", "POST" }
            select new Attack(
                $"GET {path} {header}: {method}",
                () =>
                {
                    var request = Attacks.Request(installation, "GET", path, installation.Attacker.Reader.Reveal());
                    request.Headers.TryAddWithoutValidation(header, method);
                    return request;
                }
            )
            {
                MayPass = true,
            };

        await Attacks.AssertHarmlessAsync(installation, attacks);
    }

    private static IEnumerable<string> Requests => All.Select(request => request.Name);

    private static IEnumerable<(string Name, string Text, bool MayPass)> All =>
    [
        ("no HTTP", "HELO mail.example\r\n\r\n", false),
        ("HTTP/0.9", "GET /api/runs\r\n\r\n", false),
        ("HTTP/1.0", "GET /api/runs HTTP/1.0\r\nX-Api-Key: KEY\r\n\r\n", true),
        ("HTTP/3.0", "GET /api/runs HTTP/3.0\r\nHost: x\r\nX-Api-Key: KEY\r\n\r\n", false),
        ("no host", "GET /api/runs HTTP/1.1\r\nX-Api-Key: KEY\r\n\r\n", false),
        ("two hosts", "GET /api/runs HTTP/1.1\r\nHost: a\r\nHost: VICTIM\r\nX-Api-Key: KEY\r\n\r\n", false),
        ("host of the victim", "GET /api/runs HTTP/1.1\r\nHost: VICTIM.example\r\nX-Api-Key: KEY\r\n\r\n", true),
        ("host with a path", "GET /api/runs HTTP/1.1\r\nHost: x/api/runs/RUN\r\nX-Api-Key: KEY\r\n\r\n", false),
        ("whole address of another host", "GET http://VICTIM.example/api/runs HTTP/1.1\r\nHost: VICTIM.example\r\nX-Api-Key: KEY\r\n\r\n", true),
        ("whole address of the victim's run", "GET http://x/api/runs/RUN HTTP/1.1\r\nHost: x\r\nX-Api-Key: KEY\r\n\r\n", false),
        ("address without a slash", "GET api/runs HTTP/1.1\r\nHost: x\r\nX-Api-Key: KEY\r\n\r\n", false),
        ("two slashes", "GET //api//runs//RUN HTTP/1.1\r\nHost: x\r\nX-Api-Key: KEY\r\n\r\n", false),
        ("star", "OPTIONS * HTTP/1.1\r\nHost: x\r\nX-Api-Key: KEY\r\n\r\n", false),
        ("CONNECT", "CONNECT 127.0.0.1:10002 HTTP/1.1\r\nHost: 127.0.0.1:10002\r\nX-Api-Key: KEY\r\n\r\n", false),
        ("space in the address", "GET /api/runs RUN HTTP/1.1\r\nHost: x\r\nX-Api-Key: KEY\r\n\r\n", false),
        ("bytes above ASCII in the address", "GET /api/runs/\u00e4\u00ff HTTP/1.1\r\nHost: x\r\nX-Api-Key: KEY\r\n\r\n", false),
        ("address of 20 kB", $"GET /api/runs/{new string('a', 20_000)} HTTP/1.1\r\nHost: x\r\nX-Api-Key: KEY\r\n\r\n", false),
        ("query of 20 kB", $"GET /api/runs?month={new string('a', 20_000)} HTTP/1.1\r\nHost: x\r\nX-Api-Key: KEY\r\n\r\n", false),
        ("90 headers", $"GET /api/runs HTTP/1.1\r\nHost: x\r\nX-Api-Key: KEY\r\n{Headers(90)}\r\n", true),
        ("1 000 headers", $"GET /api/runs HTTP/1.1\r\nHost: x\r\nX-Api-Key: KEY\r\n{Headers(1_000)}\r\n", false),
        ("header of 40 kB", $"GET /api/runs HTTP/1.1\r\nHost: x\r\nX-Api-Key: KEY\r\nX: {new string('x', 40_000)}\r\n\r\n", false),
        ("folded header", "GET /api/runs HTTP/1.1\r\nHost: x\r\nX-Api-Key:\r\n KEY\r\n\r\n", false),
        ("header without a name", "GET /api/runs HTTP/1.1\r\nHost: x\r\n: KEY\r\n\r\n", false),
        ("space before the colon", "GET /api/runs HTTP/1.1\r\nHost: x\r\nX-Api-Key : KEY\r\n\r\n", false),
        ("null in a header", "GET /api/runs HTTP/1.1\r\nHost: x\r\nX-Api-Key: KEY\0\r\n\r\n", false),
        ("line feed alone in a header", "GET /api/runs HTTP/1.1\r\nHost: x\r\nX-Correlation-Id: a\nX-Injected: 1\r\nX-Api-Key: KEY\r\n\r\n", true),
        ("carriage return in a header", "GET /api/runs HTTP/1.1\r\nHost: x\r\nX-Correlation-Id: a\rX-Injected: 1\r\nX-Api-Key: KEY\r\n\r\n", false),
        ("correlation id above ASCII", "GET /api/runs HTTP/1.1\r\nHost: x\r\nX-Correlation-Id: \u00e9\r\nX-Api-Key: KEY\r\n\r\n", false),
        ("idempotency key above ASCII", "POST /api/keys HTTP/1.1\r\nHost: x\r\nIdempotency-Key: \u00e9\r\nX-Api-Key: KEY\r\nContent-Length: 2\r\n\r\n{}", false),
        ("two idempotency keys", "POST /api/keys HTTP/1.1\r\nHost: x\r\nIdempotency-Key: a\r\nIdempotency-Key: b c\r\nX-Api-Key: KEY\r\nContent-Length: 2\r\n\r\n{}", false),
        ("length and chunks", "POST /api/keys HTTP/1.1\r\nHost: x\r\nX-Api-Key: KEY\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /api/runs/RUN HTTP/1.1\r\nHost: x\r\n\r\n", false),
        ("two lengths", "POST /api/keys HTTP/1.1\r\nHost: x\r\nX-Api-Key: KEY\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{} ", false),
        ("length below zero", "POST /api/keys HTTP/1.1\r\nHost: x\r\nX-Api-Key: KEY\r\nContent-Length: -1\r\n\r\n", false),
        ("length beyond numbers", "POST /api/keys HTTP/1.1\r\nHost: x\r\nX-Api-Key: KEY\r\nContent-Length: 99999999999999999999\r\n\r\n", false),
        ("chunk size is no number", "POST /api/keys HTTP/1.1\r\nHost: x\r\nX-Api-Key: KEY\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n", false),
        ("chunk size beyond numbers", "POST /api/keys HTTP/1.1\r\nHost: x\r\nX-Api-Key: KEY\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffffff\r\n{}\r\n0\r\n\r\n", false),
        ("chunked twice", "POST /api/keys HTTP/1.1\r\nHost: x\r\nX-Api-Key: KEY\r\nTransfer-Encoding: chunked, chunked\r\n\r\n0\r\n\r\n", false),
        ("chunked under another name", "POST /api/keys HTTP/1.1\r\nHost: x\r\nX-Api-Key: KEY\r\nTransfer-Encoding: xchunked\r\n\r\n0\r\n\r\n", false),
        ("expectation", "POST /api/keys HTTP/1.1\r\nHost: x\r\nX-Api-Key: KEY\r\nExpect: 200-maybe\r\nContent-Length: 2\r\n\r\n{}", false),
        ("upgrade", "GET /api/runs/RUN HTTP/1.1\r\nHost: x\r\nX-Api-Key: KEY\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n", false),
        ("ranges", "GET /api/runs/RUN HTTP/1.1\r\nHost: x\r\nX-Api-Key: KEY\r\nRange: bytes=0-0,1-1,2-2,-1\r\n\r\n", false),
        ("trace", "TRACE /api/runs HTTP/1.1\r\nHost: x\r\nX-Api-Key: KEY\r\n\r\n", false),
        ("route that is not there", "GET /api/nothing/at/all HTTP/1.1\r\nHost: x\r\nX-Api-Key: KEY\r\n\r\n", false),
        ("route of the host", "GET /admin/host/status HTTP/1.1\r\nHost: x\r\nX-Api-Key: KEY\r\n\r\n", false),
        ("route of the host's webhooks", "POST /runtime/webhooks/durabletask/instances/RUN/terminate HTTP/1.1\r\nHost: x\r\nX-Api-Key: KEY\r\nContent-Length: 0\r\n\r\n", false),
        ("file of the app", "GET /local.settings.json HTTP/1.1\r\nHost: x\r\n\r\n", false),
        ("file of the app by traversal", "GET /api/../../../local.settings.json HTTP/1.1\r\nHost: x\r\n\r\n", false),
        ("file of git", "GET /.git/config HTTP/1.1\r\nHost: x\r\n\r\n", false),
    ];

    private static string Headers(int count) => string.Concat(Enumerable.Range(0, count).Select(i => $"X-{i}: {i}\r\n"));
}
