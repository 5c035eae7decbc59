using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Marketline.Core.Json;

namespace Marketline.Tests.EndToEnd;

/// <summary>The API of a running app with one key, as it answers.</summary>
internal sealed class RunApi : IDisposable
{
    private readonly HttpClient _http;

    public RunApi(RunningApp app, string key)
    {
        _http = new HttpClient { BaseAddress = app.Address };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
    }

    public void Dispose() => _http.Dispose();

    public async Task<(HttpStatusCode Status, JsonElement Body)> PostAsync(string path, object? body = null)
    {
        using var answer = await _http.PostAsync(new Uri(path, UriKind.Relative), body is null ? null : JsonContent.Create(body, options: JsonFormat.Options));
        return (answer.StatusCode, await ReadAsync(answer));
    }

    public async Task PutAsync(string path, object body)
    {
        using var answer = await _http.PutAsJsonAsync(new Uri(path, UriKind.Relative), body, JsonFormat.Options);
        Assert.That(answer.IsSuccessStatusCode, Is.True, await answer.Content.ReadAsStringAsync());
    }

    public async Task<JsonElement> GetAsync(string path)
    {
        using var answer = await _http.GetAsync(new Uri(path, UriKind.Relative));
        var body = await ReadAsync(answer);
        return answer.IsSuccessStatusCode ? body : throw new HttpRequestException($"{path} answered {answer.StatusCode}: {body}");
    }

    public async Task<HttpResponseMessage> SendAsync(string path, string header, string value)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(path, UriKind.Relative));
        request.Headers.TryAddWithoutValidation(header, value);
        return await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }

    /// <summary>Starts a rerun.</summary>
    /// <returns>The new run's id.</returns>
    public async Task<string> RerunAsync(string runId, object? what = null)
    {
        var (status, body) = await PostAsync($"api/runs/{runId}/rerun", what);
        Assert.That(status, Is.EqualTo(HttpStatusCode.Accepted), $"{body}");
        return body.GetProperty("runId").GetString()!;
    }

    /// <summary>A list's items over all its pages.</summary>
    public async Task<List<JsonElement>> PagesAsync(string path, string items)
    {
        var all = new List<JsonElement>();
        var cursor = "";
        do
        {
            var page = await GetAsync(path + cursor);
            all.AddRange(page.GetProperty(items).EnumerateArray());
            cursor = page.TryGetProperty("next", out var next) ? $"&cursor={next}" : "";
        } while (cursor.Length > 0);

        return all;
    }

    /// <summary>The events of a run, until the stream ends or the caller has enough.</summary>
    public async IAsyncEnumerable<RunApiEvent> EventsAsync(string runId, string lastEventId = "")
    {
        using var answer = await SendAsync($"api/runs/{runId}/events", "Last-Event-ID", lastEventId);
        Assert.That(answer.Content.Headers.ContentType?.MediaType, Is.EqualTo("text/event-stream"));
        await using var content = await answer.Content.ReadAsStreamAsync();
        using var reader = new StreamReader(content);
        var fields = new Dictionary<string, string>();
        while (await reader.ReadLineAsync() is { } line)
        {
            if (line.Length > 0)
            {
                var colon = line.IndexOf(": ", StringComparison.Ordinal);
                fields[line[..colon]] = line[(colon + 2)..];
            }
            else if (fields.Remove("event", out var name))
            {
                yield return new RunApiEvent(fields["id"], name, JsonSerializer.Deserialize<JsonElement>(fields["data"]));
            }
        }
    }

    private static async Task<JsonElement> ReadAsync(HttpResponseMessage answer)
    {
        var text = await answer.Content.ReadAsStringAsync();
        return text.Length == 0 ? default : JsonSerializer.Deserialize<JsonElement>(text);
    }
}
