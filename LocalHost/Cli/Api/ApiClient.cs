using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Runtime.CompilerServices;
using Marketline.Core.Json;

namespace Marketline.LocalHost.Cli.Api;

/// <summary>The app's API with one key.</summary>
internal sealed class ApiClient : IDisposable
{
    private readonly HttpClient _http;

    public ApiClient(Uri baseAddress, string key)
    {
        _http = new HttpClient { BaseAddress = baseAddress };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
    }

    public void Dispose() => _http.Dispose();

    /// <returns>The tenant's new key; null when the tenant is there already.</returns>
    public async Task<string?> CreateTenantAsync(string tenantId, string displayName, CancellationToken cancellationToken)
    {
        var body = new { tenantId, displayName };
        using var answer = await _http.PostAsJsonAsync("api/operator/tenants", body, JsonFormat.Options, cancellationToken);
        if (answer.StatusCode == HttpStatusCode.Conflict)
        {
            return null;
        }

        return (await ReadAsync<CreatedTenant>(answer, cancellationToken)).ApiKey;
    }

    public async Task PutPlanAsync(string planId, PlanBody plan, CancellationToken cancellationToken)
    {
        using var answer = await _http.PutAsJsonAsync($"api/plans/{planId}", plan, JsonFormat.Options, cancellationToken);
        await EnsureSuccessAsync(answer, cancellationToken);
    }

    public async Task<string> StartRunAsync(string planId, CancellationToken cancellationToken)
    {
        using var answer = await _http.PostAsJsonAsync("api/runs", new { planId }, JsonFormat.Options, cancellationToken);
        return (await ReadAsync<StartedRun>(answer, cancellationToken)).RunId;
    }

    public async Task<RunState> GetRunAsync(string runId, CancellationToken cancellationToken)
    {
        using var answer = await _http.GetAsync(new Uri($"api/runs/{runId}", UriKind.Relative), cancellationToken);
        return await ReadAsync<RunState>(answer, cancellationToken);
    }

    /// <summary>The current rows of a dataset as JSON texts, streamed.</summary>
    /// <param name="lastRunId">Only rows that this run saw; null: all.</param>
    public async IAsyncEnumerable<string> ReadRowLinesAsync(
        string dataset,
        string? lastRunId,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var query = lastRunId is null ? "" : $"&lastRunId={lastRunId}";
        var address = new Uri($"api/datasets/{dataset}/download?format=jsonl{query}", UriKind.Relative);
        using var answer = await _http.GetAsync(address, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        await EnsureSuccessAsync(answer, cancellationToken);
        await using var content = await answer.Content.ReadAsStreamAsync(cancellationToken);
        using var reader = new StreamReader(content);
        while (await reader.ReadLineAsync(cancellationToken) is { } line)
        {
            yield return line;
        }
    }

    private static async Task<T> ReadAsync<T>(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        await EnsureSuccessAsync(answer, cancellationToken);
        return (await answer.Content.ReadFromJsonAsync<T>(JsonFormat.Options, cancellationToken))!;
    }

    private static async Task EnsureSuccessAsync(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        if (!answer.IsSuccessStatusCode)
        {
            var request = answer.RequestMessage!;
            var body = await answer.Content.ReadAsStringAsync(cancellationToken);
            throw new CliException($"{request.Method} {request.RequestUri!.PathAndQuery} answered {(int)answer.StatusCode}: {body}");
        }
    }

    private sealed record CreatedTenant(string ApiKey);

    private sealed record StartedRun(string RunId);
}
