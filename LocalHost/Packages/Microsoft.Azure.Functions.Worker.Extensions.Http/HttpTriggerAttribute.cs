using System.Diagnostics.CodeAnalysis;
using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

namespace Microsoft.Azure.Functions.Worker;

/// <summary>Has a function answer HTTP requests; without methods it answers all of them.</summary>
public sealed class HttpTriggerAttribute : TriggerBindingAttribute
{
    public HttpTriggerAttribute()
    {
        AuthLevel = AuthorizationLevel.Function;
    }

    public HttpTriggerAttribute(AuthorizationLevel authLevel)
    {
        AuthLevel = authLevel;
    }

    public HttpTriggerAttribute(AuthorizationLevel authLevel, params string[] methods)
    {
        AuthLevel = authLevel;
        Methods = methods;
    }

    /// <summary>The route below the prefix of host.json; the function's name if null.</summary>
    public string? Route { get; set; }

    [SuppressMessage("Performance", "CA1819:Properties should not return arrays", Justification = "The real attribute's type.")]
    public string[]? Methods { get; }

    public AuthorizationLevel AuthLevel { get; }
}
