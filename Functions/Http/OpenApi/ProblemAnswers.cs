using Marketline.Functions.Http.Operations;

namespace Marketline.Functions.Http.OpenApi;

/// <summary>The kinds of problems, and which of them an operation can be answered with.</summary>
internal static class ProblemAnswers
{
    public static readonly IReadOnlyList<ProblemAnswer> All =
    [
        new(400, "BadRequest", "Something in the request is not as expected.", "`errors` says for each field what was expected, `detail` for everything else. Sending it again unchanged gives the same."),
        new(401, "Unauthorized", "There is no valid key or token.", "Send `Authorization: Bearer mk_…` or `X-Api-Key: mk_…`; `detail` says whether the key has expired or was revoked."),
        new(403, "Forbidden", "The key is valid, but not for this.", "Use a key of the role that the operation names; while the tenant is suspended, only reading is allowed."),
        new(404, "NotFound", "It is not there, or not the tenant's.", "`detail` names the list that shows what there is."),
        new(405, "MethodNotAllowed", "The address is right, the method is not.", "`Allow` names those that it takes."),
        new(409, "Conflict", "It does not go together with what is there now.", "`detail` says with what. A request with the same `Idempotency-Key` may be under way: send it again in a few seconds."),
        new(410, "Gone", "It was there, and is not kept any longer.", "`detail` says how long such things are kept."),
        new(412, "PreconditionFailed", "`If-Match` or `If-None-Match` does not hold: somebody else was faster.", "Read it again, repeat the change on the new version, and send its `ETag` as `If-Match`."),
        new(413, "TooLarge", "The body is larger than 1 MiB.", "Split the request."),
        new(415, "UnsupportedMediaType", "The body is of another type than expected.", "Send JSON, with `Content-Type: application/json`."),
        new(422, "Unprocessable", "The `Idempotency-Key` was used for another request, or a query takes more than it may.", "Send the same request again, or this one under a key of its own. Of a query ask for less, as `detail` says."),
        new(429, "TooManyRequests", "A limit of the tenant is reached.", "Wait as many seconds as `Retry-After` says; `detail` names the limit."),
        new(500, "Failed", "Something failed on our side.", "Try again; if it stays, report the trace id in `detail`."),
        new(503, "Unavailable", "The storage does not answer as it should.", "Try again after `Retry-After` seconds. Runs that are under way go on by themselves."),
    ];

    /// <summary>In ascending order, those that its declaration names included.</summary>
    public static IEnumerable<ProblemAnswer> Of(ApiOperation operation)
    {
        var statuses = new HashSet<int>(operation.About.Problems) { 400 };
        var needsKey = operation.Access != EndpointAccess.Anyone;
        Add(needsKey, 401, 403, 503);
        Add(operation.Pattern.Parameters.Count > 0, 404);
        Add(needsKey && operation.Methods.Contains("POST"), 409, 422);
        Add(operation is { IsRead: false, About.IsConditional: true }, 412);
        Add(operation.About.Body is not null, 413);
        Add(operation.Access is EndpointAccess.Reader or EndpointAccess.Owner, 429);
        return All.Where(problem => statuses.Contains(problem.Status));

        void Add(bool isSo, params ReadOnlySpan<int> more)
        {
            foreach (var status in isSo ? more : [])
            {
                statuses.Add(status);
            }
        }
    }
}
