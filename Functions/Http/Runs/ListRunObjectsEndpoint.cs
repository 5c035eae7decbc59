using Marketline.Core.Lineage;
using Marketline.Functions.Http.Operations;
using Marketline.Functions.Http.Paging;
using Marketline.Storage.Tables;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Marketline.Functions.Http.Runs;

/// <summary>A run's objects with how they ended and why: by default those that failed or were rejected.</summary>
public sealed class ListRunObjectsEndpoint(TableRunStore runs, RunObjectReader objects, PageCursors cursors)
{
    private static readonly HashSet<ObjectState> Wrong = [ObjectState.Failed, ObjectState.Quarantined];

    [Function(nameof(ListRunObjectsEndpoint))]
    [ApiOperation(EndpointAccess.Reader, "List a run's objects", Description = "Those that failed or were rejected, with the reason, unless other states are asked for. A page may be short; the last one has no `next`.", Answer = typeof(RunObjectList))]
    [ApiQuery("state", "Such as `failed` or `delivered`; several are joined by commas.", IsRepeated = true)]
    [ApiQuery("limit", "Objects on a page: 1 to 1000, by default 100.")]
    [ApiQuery("cursor", "`next` of the page before.")]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/runs/{runId}/objects")] HttpRequest request,
        string runId,
        CancellationToken cancellationToken
    )
    {
        if (RunAddress.Parse(request, runId) is not { } id || await runs.FindAsync(id, cancellationToken) is not { } run)
        {
            return RunAddress.NotThere(runId);
        }

        if (States(request) is not { } states)
        {
            return Problems.Field("state", $"One of {string.Join(", ", Enum.GetNames<ObjectState>())} is expected, or several joined by commas.");
        }

        var list = $"objects of {id}: {string.Join(',', states.Order())}";
        var (page, problem) = PageRequest.Read(request, cursors, list);
        if (problem is not null)
        {
            return problem;
        }

        var (found, next) = await objects.ReadAsync(run, states, RunObjectPlace.Parse(page.After), page.Limit, cancellationToken);
        return Answers.Json(request, new RunObjectList(found, next is null ? null : cursors.Write(id.TenantId, list, $"{next}")));
    }

    private static HashSet<ObjectState>? States(HttpRequest request)
    {
        var asked = request.Query["state"].SelectMany(text => text!.Split(',')).Where(text => text.Length > 0).ToList();
        var states = new HashSet<ObjectState>();
        foreach (var text in asked)
        {
            if (char.IsAsciiDigit(text[0]) || !Enum.TryParse<ObjectState>(text, ignoreCase: true, out var state) || !Enum.IsDefined(state))
            {
                return null;
            }

            states.Add(state);
        }

        return asked.Count == 0 ? Wrong : states;
    }
}
