using System.IO.Compression;
using System.Text;
using Marketline.Functions.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Marketline.Tests.Functions.Http;

[Parallelizable(ParallelScope.All)]
public sealed class PreparedAnswerTests
{
    private static readonly string Text = new('ü', 5_000);
    private static readonly PreparedAnswer Prepared = new(Text, "text/plain; charset=utf-8");

    [Test]
    public async Task For_ClientThatTakesGzip_IsCompressed()
    {
        var (response, body) = await SendAsync(("Accept-Encoding", "br, gzip"));

        using var content = new GZipStream(new MemoryStream(body), CompressionMode.Decompress);
        using var reader = new StreamReader(content);
        Assert.That(await reader.ReadToEndAsync(), Is.EqualTo(Text));
        Assert.That(body, Has.Length.LessThan(200));
        Assert.That((response.Headers.ContentEncoding.ToString(), response.Headers.Vary.ToString()), Is.EqualTo(("gzip", "Accept-Encoding")));
    }

    [Test]
    public async Task For_ClientThatTakesNone_IsPlain()
    {
        var (response, body) = await SendAsync();

        Assert.That(Encoding.UTF8.GetString(body), Is.EqualTo(Text));
        Assert.That((response.ContentType, response.Headers.ContentEncoding.Count), Is.EqualTo(("text/plain; charset=utf-8", 0)));
    }

    [Test]
    public async Task For_ClientThatHasThisVersion_Is304WithoutABody()
    {
        var (first, _) = await SendAsync(("Accept-Encoding", "gzip"));

        var (second, body) = await SendAsync(("Accept-Encoding", "gzip"), ("If-None-Match", first.Headers.ETag.ToString()));

        Assert.That((second.StatusCode, body.Length, second.Headers.ETag.ToString()), Is.EqualTo((304, 0, first.Headers.ETag.ToString())));
    }

    [Test]
    public async Task For_ClientThatHasTheOtherForm_IsSentWhole()
    {
        var (first, _) = await SendAsync(("Accept-Encoding", "gzip"));

        var (second, _) = await SendAsync(("If-None-Match", first.Headers.ETag.ToString()));

        Assert.That(second.StatusCode, Is.EqualTo(200));
    }

    private static async Task<(HttpResponse Response, byte[] Body)> SendAsync(params (string Name, string Value)[] headers)
    {
        var http = new DefaultHttpContext { RequestServices = new ServiceCollection().AddLogging().BuildServiceProvider() };
        http.Request.Method = "GET";
        foreach (var (name, value) in headers)
        {
            http.Request.Headers[name] = value;
        }

        var body = new MemoryStream();
        http.Response.Body = body;
        await Prepared.For(http.Request).ExecuteAsync(http);
        return (http.Response, body.ToArray());
    }
}
