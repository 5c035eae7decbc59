namespace Marketline.Functions.Http.Operations;

/// <summary>
/// What an HTTP function tells of itself: who may call it, and what the OpenAPI document says. A function without one does not
/// answer (the middleware refuses it), so nobody gets to an endpoint whose access was forgotten.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class ApiOperationAttribute(EndpointAccess access, string summary) : Attribute
{
    public EndpointAccess Access { get; } = access;

    public string Summary { get; } = summary;

    /// <summary>What the summary does not say: Markdown.</summary>
    public string? Description { get; init; }

    /// <summary>The type of the JSON body; null: there is none.</summary>
    public Type? Body { get; init; }

    /// <summary>
    /// The type of the JSON answer; null: there is none, or it is <see cref="ContentType"/>. One with a <c>Next</c> is a page of a list.
    /// </summary>
    public Type? Answer { get; init; }

    /// <summary>The status of success.</summary>
    public int Status { get; init; } = 200;

    /// <summary>Several are separated by commas.</summary>
    public string ContentType { get; init; } = "application/json";

    /// <summary>The statuses of problems that do not follow from the rest: a conflict (409) for what already is so.</summary>
    public int[] Problems { get; init; } = [];

    /// <summary>
    /// <c>If-Match</c> and <c>If-None-Match</c> hold for the change; at a GET: its answer has an <c>ETag</c> though it is not JSON.
    /// </summary>
    public bool IsConditional { get; init; }

    /// <summary>Leaves an audit row though it is no admin's: an owner's actions with keys.</summary>
    public bool IsAudited { get; init; }

    /// <summary>It is in no document.</summary>
    public bool IsHidden { get; init; }
}
