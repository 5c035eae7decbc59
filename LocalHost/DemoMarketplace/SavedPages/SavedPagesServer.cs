using System.Globalization;
using Marketline.LocalHost.DemoMarketplace.Serving;

namespace Marketline.LocalHost.DemoMarketplace.SavedPages;

/// <summary>
/// Serves a folder of saved pages on 127.0.0.1 at <c>/&lt;host&gt;/&lt;path&gt;?&lt;query&gt;</c>, as a site with a sitemap. Each
/// page names the address it was saved from as <c>Link: &lt;…&gt;; rel="original"</c> (RFC 7089 §2.2.1).
/// </summary>
public sealed class SavedPagesServer : IAsyncDisposable
{
    private readonly LoopbackServer _server;

    private SavedPagesServer(LoopbackServer server, IReadOnlyCollection<SavedPage> pages)
    {
        _server = server;
        Pages = pages;
    }

    public int Port => _server.Port;

    /// <summary>Without a slash at the end.</summary>
    public string BaseUrl => AddressOf(Port);

    public IReadOnlyCollection<SavedPage> Pages { get; }

    /// <param name="folder">Holds <c>ground-truth.json</c> and <c>html/</c>.</param>
    /// <param name="port">0 takes any free port.</param>
    /// <param name="cancellationToken">Ends the start only.</param>
    /// <exception cref="SavedPagesException">The folder can not be served; the message names the file.</exception>
    /// <exception cref="IOException">The port is taken.</exception>
    public static async Task<SavedPagesServer> StartAsync(string folder, int port, CancellationToken cancellationToken)
    {
        var pages = SavedPagesFolder.Read(folder);
        var server = await LoopbackServer.StartAsync(port, new SavedPagesHandler(pages).HandleAsync, cancellationToken);
        return new SavedPagesServer(server, pages.Values);
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    internal static string AddressOf(int port) =>
        string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}");
}
