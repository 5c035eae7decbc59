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

    /// <summary>The type of the JSON answer; null: there is none, or it is <see cref="ContentType"/>.</summary>
    public Type? Answer { get; init; }

    /// <summary>The status of success.</summary>
    public int Status { get; init; } = 200;

    public string ContentType { get; init; } = "application/json";

    /// <summary>Leaves an audit row though it is no admin's: an owner's actions with keys.</summary>
    public bool IsAudited { get; init; }
}
