namespace Marketline.Functions.Http.Operations;

/// <summary>An HTTP function as its declaration describes it.</summary>
/// <param name="Function">The function's name.</param>
/// <param name="Methods">Upper case.</param>
/// <param name="Route">Without a leading slash, such as <c>api/runs/{runId}</c>.</param>
internal sealed record ApiOperation(
    string Function,
    IReadOnlyList<string> Methods,
    string Route,
    ApiOperationAttribute About,
    IReadOnlyList<ApiQueryAttribute> Query
)
{
    public EndpointAccess Access => About.Access;
}
