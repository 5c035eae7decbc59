using System.IO.Compression;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using System.Text.RegularExpressions;
using Marketline.LocalHost.DemoMarketplace;

namespace Marketline.Tests.LocalHost.DemoMarketplace;

/// <summary>A plain HTTP client for names under .localhost, which not every resolver knows: no redirects, no decompression.</summary>
internal sealed partial class ShopClient(DemoMarketplaceServer server) : IDisposable
{
    private readonly HttpClient _http = new(
        new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            ConnectCallback = async (context, cancellationToken) =>
            {
                var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
                await socket.ConnectAsync(IPAddress.Loopback, context.DnsEndPoint.Port, cancellationToken);
                return new NetworkStream(socket, ownsSocket: true);
            },
        }
    );

    public Task<HttpResponseMessage> GetAsync(string url) => _http.GetAsync(new Uri(url));

    /// <summary>The answer as soon as its headers are there.</summary>
    public Task<HttpResponseMessage> BeginAsync(string url, CancellationToken cancellationToken = default) =>
        _http.GetAsync(new Uri(url), HttpCompletionOption.ResponseHeadersRead, cancellationToken);

    public Task<HttpResponseMessage> SendAsync(HttpRequestMessage request) => _http.SendAsync(request);

    public Task<byte[]> BytesAsync(string url) => _http.GetByteArrayAsync(new Uri(url));

    public Task<string> TextAsync(string url) => _http.GetStringAsync(new Uri(url));

    public async Task<JsonElement> JsonAsync(string url)
    {
        using var document = JsonDocument.Parse(await BytesAsync(url));
        return document.RootElement.Clone();
    }

    public async Task<JsonElement> PostAsync(string command)
    {
        using var response = await _http.PostAsync(new Uri(server.IndexUrl, "/_control/" + command), null);
        response.EnsureSuccessStatusCode();
        using var document = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync());
        return document.RootElement.Clone();
    }

    /// <summary>Every address of a shop's sitemaps, in order. A sitemap that is not there is left out.</summary>
    public async Task<List<string>> SitemapAsync(string shop)
    {
        var urls = new List<string>();
        foreach (var file in Locations(await TextAsync(server.BaseUrl(shop) + "/sitemap.xml")))
        {
            using var response = await GetAsync(file);
            if (response.StatusCode == HttpStatusCode.OK)
            {
                urls.AddRange(Locations(await SitemapTextAsync(response, file)));
            }
        }

        return urls;
    }

    public void Dispose() => _http.Dispose();

    private static async Task<string> SitemapTextAsync(HttpResponseMessage response, string file)
    {
        await using var body = await response.Content.ReadAsStreamAsync();
        await using var unpacked = file.EndsWith(".gz", StringComparison.Ordinal)
            ? new GZipStream(body, CompressionMode.Decompress)
            : body;
        using var reader = new StreamReader(unpacked);
        return await reader.ReadToEndAsync();
    }

    private static IEnumerable<string> Locations(string xml) =>
        Location().Matches(xml).Select(match => WebUtility.HtmlDecode(match.Groups[1].Value));

    [GeneratedRegex("<loc>(.*?)</loc>")]
    private static partial Regex Location();
}
