namespace Marketline.Functions.Http.OpenApi;

/// <summary>What went wrong, and what to do about it (RFC 9457).</summary>
/// <param name="Type">Where the status is described.</param>
/// <param name="Title">What went wrong.</param>
/// <param name="Status">The status of the answer.</param>
/// <param name="Detail">What to do about it.</param>
/// <param name="Errors">For each field that was not as expected, what was.</param>
/// <param name="TraceId">Of the request, for whoever looks into it.</param>
internal sealed record Problem(
    Uri? Type,
    string Title,
    int Status,
    string? Detail,
    IReadOnlyDictionary<string, IReadOnlyList<string>>? Errors,
    string? TraceId
);
