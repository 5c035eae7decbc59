namespace Microsoft.Azure.Functions.Worker.Local.Invocation;

/// <summary>A parameter could not get its value; the call fails before the function's code runs.</summary>
internal sealed class FunctionInputException(string function, string parameter, string reason, Exception? inner = null)
    : Exception($"Function '{function}': the parameter '{parameter}' can not be bound: {reason}.", inner);
