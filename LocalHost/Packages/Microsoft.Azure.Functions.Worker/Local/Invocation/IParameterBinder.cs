namespace Microsoft.Azure.Functions.Worker.Local.Invocation;

/// <summary>Gives one parameter its value in each call.</summary>
internal interface IParameterBinder
{
    ValueTask<object?> BindAsync(LocalFunctionContext context);
}
