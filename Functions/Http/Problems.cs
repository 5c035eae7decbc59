using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Marketline.Functions.Http;

/// <summary>The answers for what went wrong, as problem+json (RFC 9457): what, and what to do about it.</summary>
internal static class Problems
{
    public static IResult Of(int status, string title, string detail) =>
        Results.Problem(statusCode: status, title: title, detail: detail);

    public static IResult Unauthorized() =>
        Of(401, "An API key is needed.", "Send a valid key as 'Authorization: Bearer mk_…' or 'X-Api-Key: mk_…'.");

    public static IResult Forbidden(bool isOperatorPath) =>
        isOperatorPath
            ? Of(403, "This needs the operator's key.", "A tenant's key reaches the tenant's own data under /api.")
            : Of(403, "This needs a tenant's key.", "The operator's key reaches /api/operator only; use the tenant's own key here.");

    public static IResult NotFound(string what, string whatToDo) => Of(404, $"{what} is not there.", whatToDo);

    public static IResult Conflict(string title, string whatToDo) => Of(409, title, whatToDo);

    public static IResult Invalid(IReadOnlyDictionary<string, string[]> fields) =>
        Results.ValidationProblem(
            fields.ToDictionary(),
            title: "Some fields are not as expected.",
            detail: "'errors' says for each field what was expected.",
            statusCode: 400
        );

    public static IResult BadJson(JsonException failure) =>
        Of(
            400,
            "The body is no JSON of the expected form.",
            $"At {failure.Path ?? "$"}, line {failure.LineNumber + 1}: check the field's name, type and that required fields are there."
        );

    public static IResult Unavailable() =>
        Of(503, "The storage does not answer as it should.", "Try again in a few seconds; runs that are under way go on by themselves.");

    public static IResult Internal(string? traceId) =>
        Of(500, "Something failed on our side.", $"Try again; if it stays, report the trace id {traceId ?? "(none)"}.");
}
