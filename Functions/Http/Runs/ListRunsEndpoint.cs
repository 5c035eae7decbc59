using System.Globalization;
using Marketline.Core.Json;
using Marketline.Functions.Http.Access;
using Marketline.Functions.Http.Operations;
using Marketline.Storage.Tables;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Marketline.Functions.Http.Runs;

/// <summary>A month's runs (<c>?month=yyyy-MM</c>, by default the current one), the newest first, at most 100.</summary>
public sealed class ListRunsEndpoint(TableRunStore runs, TimeProvider time)
{
    private const int MaxCount = 100;

    [Function(nameof(ListRunsEndpoint))]
    [ApiOperation(EndpointAccess.Reader, "List the runs", Answer = typeof(RunList))]
    [ApiQuery("month", "yyyy-MM; by default the current one.")]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/runs")] HttpRequest request,
        CancellationToken cancellationToken
    )
    {
        var month = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        var asked = request.Query["month"].ToString();
        if (
            asked.Length > 0
            && !DateOnly.TryParseExact(asked, "yyyy-MM", CultureInfo.InvariantCulture, DateTimeStyles.None, out month)
        )
        {
            return Problems.Of(400, $"'{asked}' is not a month.", "Send it as ?month=yyyy-MM, such as 2026-11.");
        }

        var list = new List<RunView>();
        await foreach (var run in runs.ListAsync(request.TenantId(), month, cancellationToken))
        {
            list.Add(RunView.Of(run));
            if (list.Count == MaxCount)
            {
                break;
            }
        }

        return Results.Json(new RunList(list), JsonFormat.Options);
    }

    private sealed record RunList(IReadOnlyList<RunView> Runs);
}
