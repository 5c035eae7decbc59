using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Marketline.Functions.Http;

/// <summary>The answers for what went wrong, as problem+json (RFC 9457): what, and what to do about it.</summary>
internal static class Problems
{
    private const int MaxPathLength = 200;

    public static IResult Of(int status, string title, string detail) =>
        Results.Problem(statusCode: status, title: title, detail: detail);

    public static IResult Unauthorized(string whatToDo) => Of(401, "A valid API key is needed.", whatToDo);

    public static IResult Forbidden(bool isOperatorPath) =>
        isOperatorPath
            ? Of(403, "This needs an admin's key.", "A tenant's key reaches the tenant's own data under /api.")
            : Of(403, "This needs a tenant's key.", "An admin's key reaches /api/operator only; use the tenant's own key here.");

    public static IResult NotFound(string what, string whatToDo) => Of(404, $"{what} is not there.", whatToDo);

    public static IResult NoDataset(string name) =>
        NotFound($"The dataset '{name}'", "GET /api/datasets lists those that a run has written.");

    public static IResult Conflict(string title, string whatToDo) => Of(409, title, whatToDo);

    public static IResult Invalid(IReadOnlyDictionary<string, string[]> fields) =>
        Results.ValidationProblem(
            fields.ToDictionary(),
            title: "Some fields are not as expected.",
            detail: "'errors' says for each field what was expected.",
            statusCode: 400
        );

    public static IResult Field(string field, string expected) => Invalid(new Dictionary<string, string[]> { [field] = [expected] });

    public static IResult BadJson(JsonException failure) =>
        Of(
            400,
            "The body is no JSON of the expected form.",
            $"At {Shortened(failure.Path ?? "$")}{(failure.LineNumber is { } line ? $", line {line + 1}" : "")}: check the field's name, type and that required fields are there."
        );

    /// <summary>The names in it are the caller's.</summary>
    private static string Shortened(string path) => path.Length <= MaxPathLength ? path : $"{path[..MaxPathLength]}…";

    public static IResult TooManyRequests(long limit, int resetSeconds) =>
        Of(429, "Too many requests.", $"The tenant may send {limit} requests a minute. Go on in {resetSeconds} seconds, or ask the operator for more.");

    public static IResult Unavailable() =>
        Of(503, "The storage does not answer as it should.", "Try again in a few seconds; runs that are under way go on by themselves.");

    public static IResult QueryLimit(string what) =>
        Of(
            422,
            what,
            "Ask for less: a filter, fewer columns, no sort; or read the files with tools of your own (POST /api/container/access)."
        );

    public static IResult QueryBusy(HttpContext http)
    {
        http.Response.Headers.RetryAfter = "5";
        return Of(503, "There are too many queries at the moment.", "Try again in a few seconds, with fewer requests at a time.");
    }

    public static IResult Internal(string? traceId) =>
        Of(500, "Something failed on our side.", $"Try again; if it stays, report the trace id {traceId ?? "(none)"}.");
}
