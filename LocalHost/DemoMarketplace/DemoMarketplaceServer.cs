using System.Globalization;
using Marketline.LocalHost.DemoMarketplace.Serving;
using Marketline.LocalHost.DemoMarketplace.Truth;

namespace Marketline.LocalHost.DemoMarketplace;

/// <summary>
/// The demo marketplace on a loopback port: several shops, told apart by host name (<c>alder.localhost</c>, RFC 6761 §6.3), with
/// faults on purpose and a ground truth for all that they show. It stands for the world outside and knows nothing of the product.
/// </summary>
public sealed class DemoMarketplaceServer : IAsyncDisposable
{
    private readonly LoopbackServer _server;
    private readonly Marketplace _marketplace;
    private readonly CancellationTokenSource _stopping;

    private DemoMarketplaceServer(LoopbackServer server, Marketplace marketplace, CancellationTokenSource stopping)
    {
        _server = server;
        _marketplace = marketplace;
        _stopping = stopping;
    }

    public int Port => _server.Port;

    public IReadOnlyCollection<string> Shops => _marketplace.ShopNames;

    /// <summary>The day that is shown now.</summary>
    public int Day => _marketplace.Day;

    /// <summary>The list of shops, and the control and truth addresses.</summary>
    public Uri IndexUrl => new($"http://127.0.0.1:{Port.ToString(CultureInfo.InvariantCulture)}/");

    /// <exception cref="ArgumentException">An option that makes no sense, or a shop that does not exist.</exception>
    /// <exception cref="IOException">The port is taken.</exception>
    public static async Task<DemoMarketplaceServer> StartAsync(
        DemoMarketplaceOptions options,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(options);
        Check(options.ProductsPerShop is > 0 and <= 1_000_000, "ProductsPerShop is 1 to 1 000 000.");
        Check(options.ScalePageCount is >= 0 and <= 10_000_000, "ScalePageCount is 0 to 10 000 000.");
        Check(options.FaultPercent is >= 0 and <= 100, "FaultPercent is 0 to 100.");
        Check(options.Day is >= 0 and <= Products.ShopCalendar.MaxDay, "Day is 0 to 3650.");

        // Some answers never end by themselves: stopping ends them first.
        var stopping = new CancellationTokenSource();
        var marketplace = new Marketplace(options, stopping.Token);
        var server = await LoopbackServer.StartAsync(options.Port, marketplace.HandleAsync, cancellationToken);
        return new DemoMarketplaceServer(server, marketplace, stopping);

        static void Check(bool isValid, string message)
        {
            if (!isValid)
            {
                throw new ArgumentException(message, nameof(options));
            }
        }
    }

    /// <summary>
    /// A shop's address without a slash at the end. Names under <c>.localhost</c> are loopback by definition, but not every
    /// resolver knows: a client without a browser may have to connect to 127.0.0.1 by itself.
    /// </summary>
    public string BaseUrl(string shop) => BaseUrl(shop, Port);

    /// <summary>What a shop's addresses are, what is to become of each, and what stands on it: in the sitemaps' order, as a stream.</summary>
    /// <exception cref="ArgumentException">There is no such shop.</exception>
    public IEnumerable<TruthLine> GroundTruth(string shop, int day) => _marketplace.GroundTruth(shop, day, Port);

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _server.DisposeAsync();
        _stopping.Dispose();
    }

    internal static string BaseUrl(string shop, int port) =>
        string.Create(CultureInfo.InvariantCulture, $"http://{shop}.localhost:{port}");
}
