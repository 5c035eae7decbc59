namespace Microsoft.Azure.Functions.Worker.Local.Invocation;

/// <summary>A function ran longer than host.json's <c>functionTimeout</c>.</summary>
internal sealed class FunctionTimeoutException(string function, TimeSpan limit)
    : Exception($"The time limit of {limit} (host.json, functionTimeout) was exceeded by function '{function}'.");
