namespace Marketline.Tests.EndToEnd.Attacks;

/// <summary>The values that are tried in every parameter of every endpoint.</summary>
internal static class HostileValues
{
    public static IReadOnlyList<HostileValue> All(AttackedInstallation installation) =>
        [.. Paths(installation.Victim), .. Injections(installation.Victim), .. LookAlikes(installation.Victim), .. Lengths(), .. OthersIds(installation.Victim), .. Oddities()];

    /// <summary>Another tenant's ids, as they are.</summary>
    public static IEnumerable<HostileValue> OthersIds(AttackedTenant victim)
    {
        yield return HostileValue.Of("victim's tenant id", victim.TenantId.Value);
        yield return HostileValue.Of("victim's container", $"t-{victim.TenantId}");
        yield return HostileValue.Of("victim's plan", victim.PlanId);
        yield return HostileValue.Of("victim's run", victim.RunId);
        yield return HostileValue.Of("victim's site orchestration", $"{victim.RunId}.site000");
        yield return HostileValue.Of("victim's record orchestration", $"{victim.RunId}.record-open");
        yield return HostileValue.Of("victim's run as a rerun", $"{victim.RunId}-r1");
        yield return HostileValue.Of("victim's object", victim.ObjectKey);
        yield return HostileValue.Of("victim's key id", victim.Owner.Id);
        yield return HostileValue.Of("victim's key without its secret", $"mk_{victim.Owner.Id}_");
        yield return HostileValue.Of("victim's partition", $"{victim.TenantId}-00");
        yield return HostileValue.Of("operator's list of keys", "of-operator-");
    }

    private static IEnumerable<HostileValue> Paths(AttackedTenant victim)
    {
        foreach (var raw in new[] { ".", "..", "%2e", "%2e%2e", "%2E%2e", ".%2e" })
        {
            yield return new($"dots {raw}", raw, MayVanish: true);
        }

        foreach (var raw in new[] { "../..", "%2e%2e/%2e%2e", "..//..", $"../{victim.TenantId}", $"x/../../{victim.RunId}" })
        {
            yield return new($"traversal {raw}", raw, MayVanish: true);
        }

        foreach (
            var raw in new[]
            {
                "..%2f", "..%2F..%2F..%2Fetc%2Fpasswd", "%2e%2e%2f%2e%2e%2f", "..%252f..%252f", "%252e%252e%252f", "..%5c..%5c", "..\\..\\", "%5c%5cserver%5cshare", "....//....//",
                "%2f", "%2fetc%2fpasswd", "%5c", "%c0%ae%c0%ae%c0%af", "%c1%9c", "..;", "..%3b/", $"..%2ft-{victim.TenantId}%2fgold", "c:%5cwindows", "file:%2f%2f%2fetc%2fpasswd",
            }
        )
        {
            yield return new($"traversal {raw}", raw);
        }

        foreach (var raw in new[] { "%00", "x%00", $"%00{victim.RunId}", "..%00", "%2500" })
        {
            yield return new($"null byte {raw}", raw);
        }
    }

    private static IEnumerable<HostileValue> Injections(AttackedTenant victim)
    {
        string[] texts =
        [
            "' or '1' eq '1", "') or ('1' eq '1", "' or 'a' ne 'b", $"x' or PartitionKey eq '{victim.TenantId}", "x' or RowKey ge '", "'", "''", "\"", "'; --", "x' and true or '", "%27 or %271%27 eq %271",
            "' OR 1=1 --", "\") OR (1=1", "'; DROP TABLE latest_offers; --", "x' UNION SELECT 1 --", "$filter=true", "*", "%", "_", "?", "#", "a&tenantId=" + victim.TenantId, "a;b", "a|b", "`id`", "$(id)",
            "{{7*7}}", "${jndi:ldap://127.0.0.1/x}", "<script>alert(1)</script>", "{\"$ne\":null}", "\r\nX-Injected: 1", "a\r\n\r\n<html>", "a\nb", "\u001b[31m", "%s%n%x", "{0}",
        ];
        return texts.Select(text => HostileValue.Of($"injection {text.ReplaceLineEndings("⏎")}", text));
    }

    private static IEnumerable<HostileValue> LookAlikes(AttackedTenant victim)
    {
        var (tenant, run) = (victim.TenantId.Value, victim.RunId);
        yield return HostileValue.Of("run in upper case", run.ToUpperInvariant());
        yield return HostileValue.Of("tenant in upper case", tenant.ToUpperInvariant());
        yield return HostileValue.Of("tenant with a Cyrillic а", tenant.Replace('a', 'а'));
        yield return HostileValue.Of("run with a Cyrillic а", run.Replace('a', 'а'));
        yield return HostileValue.Of("tenant in full width", string.Concat(tenant.Select(c => (char)(c + 0xFEE0))));
        yield return HostileValue.Of("run in full width", string.Concat(run.Select(c => c == '-' ? c : (char)(c + 0xFEE0))));
        yield return HostileValue.Of("run with a full-width dash", run.Replace('-', '－'));
        yield return HostileValue.Of("run with Arabic digits", string.Concat(run.Select(c => char.IsAsciiDigit(c) ? (char)(c - '0' + '٠') : c)));
        yield return HostileValue.Of("combining accent", tenant + "\u0301");
        yield return HostileValue.Of("zero-width joiner", tenant.Insert(1, "\u200d"));
        yield return HostileValue.Of("soft hyphen", run.Insert(2, "\u00ad"));
        yield return HostileValue.Of("right-to-left override", "\u202e" + run);
        yield return HostileValue.Of("byte order mark", "\ufeff" + run);
        yield return HostileValue.Of("long s and Kelvin sign", "ſhop\u212a");
        yield return HostileValue.Of("dotless i", "prıces");
        yield return HostileValue.Of("emoji", "👩‍👩‍👧‍👦");
        yield return HostileValue.Of("space before", " " + run);
        yield return HostileValue.Of("space behind", run + " ");
        yield return HostileValue.Of("tab behind", run + "\t");
        yield return new("lone surrogate in UTF-8", "%ed%a0%80");
        yield return new("overlong UTF-8", "%f0%82%82%ac");
        yield return new("no UTF-8", "%ff%fe");
        yield return new("broken percent encoding", "%zz");
        yield return new("percent at the end", "x%");
        yield return new("percent u", "%u0061cme");
    }

    private static IEnumerable<HostileValue> Lengths()
    {
        yield return HostileValue.Of("1 000 characters", new string('a', 1_000));
        yield return HostileValue.Of("7 000 characters", new string('a', 7_000));
        yield return HostileValue.Of("10 000 characters", new string('a', 10_000));
        yield return HostileValue.Of("7 000 digits", new string('9', 7_000));
        yield return HostileValue.Of("1 000 dashes", new string('-', 1_000));
        yield return new("1 500 encoded slashes", string.Concat(Enumerable.Repeat("%2f", 1_500)));
    }

    private static IEnumerable<HostileValue> Oddities() =>
        new[] { "null", "undefined", "true", "-1", "0", "NaN", "1e400", "9223372036854775808", "0x10", "{}", "[]", "9999-12", "0000-00", "2026-13", "2026-11-31T25:00:00Z", "00000000-0000-0000-0000-000000000000" }
            .Select(text => HostileValue.Of($"odd {text}", text));
}
