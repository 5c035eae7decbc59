using System.Text.Json;
using System.Text.RegularExpressions;

namespace Marketline.Tests.EndToEnd.Attacks;

/// <summary>What came back, and what is wrong with it.</summary>
internal sealed partial record AttackAnswer(int Status, string? MediaType, string Headers, string Body, bool IsHead = false)
{
    /// <param name="marks">What the answer must not hold, but for what the request itself said.</param>
    public IEnumerable<string> Faults(Attack attack, IEnumerable<string> marks)
    {
        var echoes = attack.Echoes.Where(echo => echo.Length > 0).ToList();
        if (Status >= 500 && !IsNoHttp)
        {
            yield return "failed on our side";
        }

        if (attack.Status is { } expected ? Status != expected : Status < 400 && !attack.MayPass)
        {
            yield return "not the status that is right";
        }

        if (!attack.IsOperators && marks.FirstOrDefault(mark => !echoes.Exists(echo => echo.Contains(mark, StringComparison.Ordinal)) && Holds(mark)) is { } leak)
        {
            yield return $"tells of the victim: {leak}";
        }

        if (Headers.Contains("X-Injected", StringComparison.OrdinalIgnoreCase))
        {
            yield return "a header was injected";
        }

        if (Status >= 400)
        {
            foreach (var fault in RefusalFaults(echoes))
            {
                yield return fault;
            }
        }
    }

    /// <summary>What is no HTTP request, or none of a version that it speaks, the server refuses without a body.</summary>
    private bool IsNoHttp => Body.Length == 0 && Status is (400 or 414 or 431 or 505);

    public override string ToString() => $"{Status} {MediaType} {(Body.Length > 300 ? Body[..300] + "…" : Body)}";

    private IEnumerable<string> RefusalFaults(List<string> echoes)
    {
        var text = echoes.OrderByDescending(echo => echo.Length).Aggregate(Body.Length > 0 ? Texts() : "", (rest, echo) => rest.Replace(echo, "", StringComparison.Ordinal));
        if (Internals().Match(text + Headers) is { Success: true } found)
        {
            yield return $"tells of the inside: {found.Value}";
        }

        if (IsHead || IsNoHttp)
        {
            yield break;
        }

        if (MediaType != "application/problem+json" || !TryRead(out var problem))
        {
            yield return "no problem+json";
        }
        else if (!problem.TryGetProperty("status", out var status) || status.GetInt32() != Status)
        {
            yield return "the problem has another status";
        }
        else if (!(problem.TryGetProperty("detail", out var detail) && detail.GetString() is { Length: > 0 }) && !IsHostsOwn(problem))
        {
            yield return "does not say what to do";
        }
    }

    /// <summary>Where no function answers the host does: it has nothing to say but that.</summary>
    private bool IsHostsOwn(JsonElement problem) => Status == 404 && problem.GetProperty("title").GetString() == "Not Found";

    private bool Holds(string mark) => Regex.IsMatch(Body + Headers, $@"(?<![A-Za-z0-9]){Regex.Escape(mark)}(?![A-Za-z0-9])");

    /// <summary>The texts in a JSON body as they are meant, so that what was sent is found in them.</summary>
    private string Texts()
    {
        return TryRead(out var root) ? string.Join('\n', Of(root)) : Body;

        static IEnumerable<string> Of(JsonElement element) =>
            element.ValueKind switch
            {
                JsonValueKind.Object => element.EnumerateObject().SelectMany(member => Of(member.Value).Prepend(member.Name)),
                JsonValueKind.Array => element.EnumerateArray().SelectMany(Of),
                _ => [element.ToString()],
            };
    }

    private bool TryRead(out JsonElement root)
    {
        try
        {
            root = JsonSerializer.Deserialize<JsonElement>(Body);
            return root.ValueKind == JsonValueKind.Object;
        }
        catch (JsonException)
        {
            root = default;
            return false;
        }
    }

    [GeneratedRegex(
        @"Exception\b|   at \w|\bSystem\.\w|\bMicrosoft\.\w|\bAzure\.\w|\bMarketline\.\w+\.|\.cs\b|:line \d|/work/|/tmp/|/home/|\.dll\b|devstoreaccount|AccountKey|core\.windows\.net|"
            + @"PartitionKey|RowKey|odata|\bapikeys\b|\bidempotency20|\blineage(index)?20|InvalidInput|IDX\d{5}|\bt-acme?\b|duckdb|sqlite|Binder Error|Parser Error|read_parquet|Kestrel|SocketException",
        RegexOptions.IgnoreCase
    )]
    private static partial Regex Internals();
}
