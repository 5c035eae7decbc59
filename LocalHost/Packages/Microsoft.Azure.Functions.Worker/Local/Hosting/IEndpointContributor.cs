using Microsoft.AspNetCore.Routing;

namespace Microsoft.Azure.Functions.Worker.Local.Hosting;

/// <summary>Adds an extension's HTTP endpoints to the host.</summary>
internal interface IEndpointContributor
{
    void Map(IEndpointRouteBuilder endpoints);
}
