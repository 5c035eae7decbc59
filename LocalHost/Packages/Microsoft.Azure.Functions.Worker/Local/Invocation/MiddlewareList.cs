using Microsoft.Azure.Functions.Worker.Middleware;

namespace Microsoft.Azure.Functions.Worker.Local.Invocation;

/// <summary>The app's middlewares in the order they were added.</summary>
internal sealed class MiddlewareList
{
    private readonly List<Func<FunctionExecutionDelegate, FunctionExecutionDelegate>> _middlewares = [];

    public void Add(Func<FunctionExecutionDelegate, FunctionExecutionDelegate> middleware) => _middlewares.Add(middleware);

    public FunctionExecutionDelegate Around(FunctionExecutionDelegate innermost) =>
        Enumerable.Reverse(_middlewares).Aggregate(innermost, (next, middleware) => middleware(next));
}
