using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Marketline.Functions.Http.Examples;
using Marketline.Functions.Http.Operations;

namespace Marketline.Tests.EndToEnd.Examples;

/// <summary>Sends examples to a running app and compares what comes back with the example and with the document.</summary>
internal sealed class ExampleRunner(HttpClient http, JsonObject document, StandIns standIns, IReadOnlyDictionary<string, string> keys)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(100);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    /// <returns>What is not as the example shows it; null when all is.</returns>
    public async Task<string?> RunAsync(ExampleCase example)
    {
        var startedAt = Stopwatch.GetTimestamp();
        while (true)
        {
            using var request = Request(example);
            using var answer = await http.SendAsync(request);
            var difference = await DifferenceAsync(example, answer);
            if (difference is null || !example.Example.Waits || Stopwatch.GetElapsedTime(startedAt) > Patience)
            {
                return difference;
            }

            await Task.Delay(Pause);
        }
    }

    private HttpRequestMessage Request(ExampleCase example)
    {
        // A month is the one of the run that an example shows.
        var path = standIns.ToReal(example.Example.Path).Replace("month=2026-11", $"month={DateTime.UtcNow:yyyy-MM}", StringComparison.Ordinal);
        var request = new HttpRequestMessage(new HttpMethod(example.Operation.Methods[0]), new Uri(path, UriKind.Relative));
        if (Key(example) is { } key)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        }

        foreach (var (name, value) in example.Example.Headers)
        {
            request.Headers.TryAddWithoutValidation(name, standIns.ToReal(value));
        }

        if (example.Example.Body is { } body)
        {
            request.Content = new StringContent(standIns.ToReal(ExampleText.Sent(body)), Encoding.UTF8, "application/json");
        }

        return request;
    }

    private string? Key(ExampleCase example)
    {
        var whose = example.Example.As ?? example.Operation.Access switch
        {
            EndpointAccess.Anyone => "nobody",
            EndpointAccess.Owner => "owner",
            EndpointAccess.Admin => "admin",
            _ => "reader",
        };
        return whose == "nobody" ? null : keys.GetValueOrDefault(whose) ?? standIns.ToReal(whose);
    }

    private async Task<string?> DifferenceAsync(ExampleCase example, HttpResponseMessage answer)
    {
        var text = await answer.Content.ReadAsStringAsync();
        var body = text.Length == 0 ? null : Parse(text, answer.Content.Headers.ContentType?.MediaType);
        var expected = example.Example.Answer;
        // What stands in lists is known when its element is found.
        Remember(example.Example, answer, body);
        var shown = JsonNode.Parse(standIns.ToShown(body?.ToJsonString() ?? "null"));
        var match = new AnswerMatch(example.Example.Varies, example.Example.Remember);
        var isStatus = (int)answer.StatusCode == expected.Status;
        var difference =
            !isStatus ? $"status {expected.Status} is expected, it is {(int)answer.StatusCode}: {text}"
            : expected.Body is null && body is JsonObject or JsonArray ? "the example shows no body"
            : expected.Body is null ? null
            : match.Difference(expected.Body, shown);
        if (ExpectedAnswers.IsToBeWritten && difference is null == example.Example.Waits)
        {
            ExpectedAnswers.Write(example, (int)answer.StatusCode, match.Merge(isStatus ? expected.Body : null, shown));
            return null;
        }

        foreach (var (value, real) in difference is null ? match.Remembered : [])
        {
            standIns.Add(value, standIns.ToReal(real));
        }

        return difference ?? HeaderDifference(expected, answer) ?? new DocumentedAnswer(document, example.Operation).Problem(answer, body);
    }

    private void Remember(ApiExample example, HttpResponseMessage answer, JsonNode? body)
    {
        foreach (var place in example.Remember.Where(place => !place.Split('/').Any(name => int.TryParse(name, out _))))
        {
            var (shown, real) = place.StartsWith('/')
                ? (At(example.Answer.Body, place), At(body, place))
                : (example.Answer.Headers[place], Header(answer, place));
            if (shown is not null && real is not null)
            {
                standIns.Add(shown, real);
            }
        }
    }

    private static string? At(JsonNode? body, string pointer) =>
        pointer.Split('/').Skip(1).Aggregate(body, (node, name) => (node as JsonObject)?[name])?.ToString();

    private string? HeaderDifference(ExampleAnswer expected, HttpResponseMessage answer) =>
        expected.Headers
            .Select(header => (header.Key, header.Value, Real: standIns.ToShown(Header(answer, header.Key) ?? "nothing")))
            .Where(header => AnswerMatch.WithoutTimes(header.Real) != AnswerMatch.WithoutTimes(header.Value))
            .Select(header => $"{header.Key}: {header.Value} is expected, it is {header.Real}")
            .FirstOrDefault();

    public static string? Header(HttpResponseMessage answer, string name) =>
        answer.Headers.TryGetValues(name, out var values) ? string.Join(", ", values)
        : name == "Content-Type" ? answer.Content.Headers.ContentType?.MediaType
        : answer.Content.Headers.TryGetValues(name, out var more) ? string.Join(", ", more)
        : null;

    private static JsonNode Parse(string text, string? type) =>
        type switch
        {
            "application/json" or "application/problem+json" => JsonNode.Parse(text)!,
            "application/x-ndjson" => new JsonArray([.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line))]),
            _ => JsonValue.Create(text),
        };
}
