using Marketline.Core.Crawl;
using Marketline.Core.Extract;
using Marketline.Platforms;
using Marketline.Platforms.Crawl;
using Marketline.Platforms.Render;
using Microsoft.Extensions.DependencyInjection;

namespace Marketline.LocalHost.Cli.Extract;

/// <summary>Gets pages (fetched, rendered, from files) and reads them as one platform's.</summary>
internal sealed class PageReader(IServiceProvider services, string platform)
{
    private readonly IPlatformConnector _connector = Connector(services, platform);

    public string Platform => _connector.Platform;

    public ExtractionResult Extract(FetchedPage page) =>
        _connector.Extract(page, _connector.Kinds.Contains(CrawlKind.Products) ? CrawlKind.Products : _connector.Kinds.First());

    public Task<FetchedPage> GetAsync(PageRequest request, CancellationToken cancellationToken)
    {
        if (IsAddress(request.Source, out var address))
        {
            return FetchAsync(address, request.IsRendered ? RenderWish.Always : null, cancellationToken);
        }

        if (request.IsRendered)
        {
            throw new CliException("--render needs an address; a file is read as it is.");
        }

        var file = new FileInfo(request.Source);
        return file.Exists
            ? PageFile.ReadAsync(file, request.Url, cancellationToken)
            : throw new CliException($"{request.Source} is neither an http or https address nor a file that is there.");
    }

    /// <summary>Through the same gate as a run: SSRF guard, robots.txt, limits; a browser included.</summary>
    private async Task<FetchedPage> FetchAsync(Uri address, RenderWish? render, CancellationToken cancellationToken)
    {
        using var fetcher = services.GetRequiredService<PageFetcherFactory>().Create(throttle: null, platform: platform, render: render);
        return await fetcher.FetchAsync(new CrawlTarget(address.AbsoluteUri), cancellationToken);
    }

    private static bool IsAddress(string source, out Uri address) =>
        Uri.TryCreate(source, UriKind.Absolute, out address!) && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps);

    private static IPlatformConnector Connector(IServiceProvider services, string platform)
    {
        try
        {
            return services.GetRequiredService<PlatformConnectors>().Get(platform);
        }
        catch (UnknownPlatformException failure)
        {
            throw new CliException(failure.Message, failure);
        }
    }
}
