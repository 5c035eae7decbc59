using System.Net;

namespace Marketline.Platforms.Crawl;

/// <summary>Where the addresses of a name come from, so that tests can play a hostile name server.</summary>
internal interface IHostResolver
{
    Task<IPAddress[]> ResolveAsync(string host, CancellationToken cancellationToken);
}
