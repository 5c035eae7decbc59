using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Marketline.Tests.EndToEnd.Attacks;

/// <summary>Bodies that are too large, too deep, of another form, type or encoding than is read.</summary>
[Parallelizable]
[CancelAfter(120_000)]
public sealed class BodyAttacks
{
    private const long Huge = 100L * 1024 * 1024;

    [Test]
    public async Task Bodies_OfAnotherForm_AreRefusedOrHarmless()
    {
        var installation = await AttackSetup.GetAsync();

        var attacks =
            from target in Targets(installation)
            from body in Forms()
            select target.With(body.Name, () => Content(body.Bytes));

        await Attacks.AssertHarmlessAsync(installation, attacks);
    }

    /// <summary>Every field of every body, with values it is not made for; alone, and in a body that is right but for it.</summary>
    [Test]
    public async Task Fields_HostileValues_AreRefusedOrHarmless()
    {
        var installation = await AttackSetup.GetAsync();

        var attacks =
            from target in Targets(installation)
            from field in target.Fields
            from value in FieldValues(installation)
            // What the operator writes about the victim is the victim's.
            where !target.IsOperators || !value.Contains(installation.Victim.TenantId.Value, StringComparison.Ordinal)
            from body in new[] { $"{{{field}:{value}}}", target.Good(field, value) }
            where body is not null
            select target.With($"{field}: {(value.Length > 60 ? value[..60] : value)}", () => Attacks.Json(body), value.Trim('"'));

        await Attacks.AssertHarmlessAsync(installation, attacks);
    }

    [TestCase("text/plain", 415)]
    [TestCase("application/xml", 415)]
    [TestCase("application/x-www-form-urlencoded", 415)]
    [TestCase("multipart/form-data; boundary=x", 415)]
    [TestCase("application/json; charset=utf-16", 415)]
    [TestCase("application/json; charset=utf-7", 415)]
    [TestCase("application/json; charset=nonsense", 415)]
    [TestCase("application/octet-stream", 415)]
    [TestCase("nonsense", 415)]
    [TestCase(null, null)]
    public async Task ContentTypes_OtherThanJson_AreRefused(string? type, int? status)
    {
        var installation = await AttackSetup.GetAsync();

        var attacks = Targets(installation)
            .Select(target =>
                target.With(
                    $"{type}",
                    () =>
                    {
                        var content = new ByteArrayContent("{}"u8.ToArray());
                        if (type is not null)
                        {
                            content.Headers.TryAddWithoutValidation("Content-Type", type);
                        }

                        return content;
                    }
                ) with
                {
                    Status = status,
                }
            );

        await Attacks.AssertHarmlessAsync(installation, attacks);
    }

    [TestCase("gzip")]
    [TestCase("br")]
    [TestCase("nonsense")]
    public async Task ContentEncodings_AreNotRead(string encoding)
    {
        var installation = await AttackSetup.GetAsync();

        var attacks = Targets(installation)
            .Select(target =>
                target.With(
                    encoding,
                    () =>
                    {
                        var content = Content([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 1, 2, 3]);
                        content.Headers.ContentEncoding.Add(encoding);
                        return content;
                    }
                )
            );

        await Attacks.AssertHarmlessAsync(installation, attacks);
    }

    [Test]
    public async Task Lengths_HundredMegabytesAnnounced_AreRefusedBeforeTheyAreSent()
    {
        var installation = await AttackSetup.GetAsync();
        foreach (var target in Targets(installation))
        {
            var answer = await RawRequest.SendAsync(
                installation.Address,
                $"{target.Method} /{target.Path} HTTP/1.1\r\nHost: x\r\nX-Api-Key: {target.Key}\r\nContent-Type: application/json\r\nContent-Length: {Huge}\r\n\r\n"
            );

            Assert.That(answer.Status, Is.EqualTo(413), $"{target.Method} {target.Path}: {answer}");
            Assert.That(answer.Faults(new Attack(target.Path, () => null!) { Status = 413 }, installation.Victim.Marks), Is.Empty);
        }
    }

    [Test]
    public async Task Chunks_HundredMegabytes_AreRefusedWhenTheyAreTooMany()
    {
        var installation = await AttackSetup.GetAsync();
        var target = Targets(installation).First(target => target.Path == "api/keys");
        var head = $"{target.Method} /{target.Path} HTTP/1.1\r\nHost: x\r\nX-Api-Key: {target.Key}\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n";
        var chunk = Encoding.ASCII.GetBytes($"10000\r\n{new string(' ', 0x10000)}\r\n");

        var answer = await RawRequest.SendAsync(installation.Address, head, Enumerable.Repeat(chunk, (int)(Huge / 0x10000)));

        Assert.That(answer.Status, Is.EqualTo(413), $"{answer}");
        Assert.That(answer.Faults(new Attack("chunks", () => null!) { Status = 413 }, installation.Victim.Marks), Is.Empty);
    }

    private static IEnumerable<BodyTarget> Targets(AttackedInstallation installation) =>
        from operation in AttackedEndpoints.Guarded
        from method in operation.Methods
        where AttackedEndpoints.HasBody(operation, method)
        select new BodyTarget(installation, operation, method);

    private static ByteArrayContent Content(byte[] bytes)
    {
        var content = new ByteArrayContent(bytes);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        return content;
    }

    private static IEnumerable<(string Name, byte[] Bytes)> Forms()
    {
        string[] texts =
        [
            "", " ", "null", "true", "1", "\"x\"", "[]", "[{}]", "{", "}", "{\"a\":}", "{\"a\":1,}", "{'a':1}", "{a:1}", "/* x */ {}", "{}{}", "{} x", "NaN", "Infinity", "{\"a\":NaN}", "{\"a\":1e400}", "{\"a\":01}",
            "{\"\":1}", "{\"__proto__\":{\"role\":\"Admin\"}}", "{\"constructor\":{\"prototype\":{}}}", "{\"$type\":\"System.Diagnostics.Process\",\"$id\":\"1\",\"$ref\":\"1\"}", "{\"\\u0000\":\"\\u0000\"}", "<a/>", "a=1&b=2",
            "{\"name\":\"\\ud800\"}", "{\"\\ud800\":1}", "{\"tenantId\":\"acm\",\"tenantId\":\"acme\"}", "{\"name\":\"a\",\"name\":\"b\",\"NAME\":\"c\"}",
        ];
        foreach (var text in texts)
        {
            yield return (text.Length == 0 ? "empty" : text, Encoding.UTF8.GetBytes(text));
        }

        yield return ("10 000 arrays deep", Encoding.ASCII.GetBytes(new string('[', 10_000) + new string(']', 10_000)));
        yield return ("10 000 objects deep", Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("{\"a\":", 10_000)) + "1" + new string('}', 10_000)));
        yield return ("33 arrays deep", Encoding.ASCII.GetBytes("{\"a\":" + new string('[', 33) + new string(']', 33) + "}"));
        yield return ("10 000 elements", Encoding.ASCII.GetBytes($"[{string.Join(',', Enumerable.Repeat("{}", 10_000))}]"));
        yield return ("50 000 members", Encoding.ASCII.GetBytes($"{{{string.Join(',', Enumerable.Range(0, 50_000).Select(i => $"\"m{i}\":1"))}}}"));
        yield return ("a number of 100 000 digits", Encoding.ASCII.GetBytes($"{{\"a\":{new string('9', 100_000)}}}"));
        yield return ("900 kB of spaces", Encoding.ASCII.GetBytes(new string(' ', 900_000)));
        yield return ("a name of 900 kB", Encoding.ASCII.GetBytes($"{{\"{new string('n', 900_000)}\":1}}"));
        yield return ("not UTF-8", [.. "{\"name\":\""u8, 0xff, 0xfe, 0xc0, 0x80, .. "\"}"u8]);
        yield return ("UTF-8 with a byte order mark", [0xef, 0xbb, 0xbf, .. "{}"u8]);
        yield return ("UTF-16", [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes("{}")]);
        yield return ("UTF-16, big end first", Encoding.BigEndianUnicode.GetBytes("{}"));
        yield return ("UTF-32", [.. Encoding.UTF32.GetPreamble(), .. Encoding.UTF32.GetBytes("{}")]);
        yield return ("zeros", new byte[1_000]);
    }

    private static IEnumerable<string> FieldValues(AttackedInstallation installation)
    {
        string[] texts = ["", " ", "../../x", "' or '1' eq '1", "<script>", "\0", "\r\nX-Injected: 1", "а", "NaN", "-1", new string('x', 100_000), installation.Victim.TenantId.Value, installation.Victim.RunId, "9999-12-31T23:59:59.9999999Z", "0001-01-01T00:00:00+14:00"];
        return
        [
            .. texts.Select(text => JsonSerializer.Serialize(text)),
            "null", "true", "{}", "[]", "[null]", "[[]]", "[{}]", "0", "-1", "1.5", "1e400", "-1e400", "9223372036854775808", "NaN", "\"\\ud800\"", "{\"a\":null}",
            $"[{string.Join(',', Enumerable.Repeat("{}", 10_000))}]",
            $"[{string.Join(',', Enumerable.Repeat("\"x\"", 10_000))}]",
            $"[{string.Join(',', Enumerable.Repeat($"{{\"baseUrl\":\"http://127.0.0.1/{new string('x', 2_000)}\"}}", 100))}]",
            "[{\"baseUrl\":\"file:///etc/passwd\"}]", "[{\"baseUrl\":null}]", "[{\"baseUrl\":\"http://[::1\"}]", "[{\"baseUrl\":\"x\"}]",
            new string('[', 40) + new string(']', 40),
        ];
    }
}
