namespace Microsoft.Azure.Functions.Worker.Middleware;

/// <summary>The rest of an invocation, from one middleware's point of view.</summary>
public delegate Task FunctionExecutionDelegate(FunctionContext context);
