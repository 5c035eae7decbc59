using System.Text.Json;
using System.Text.Json.Nodes;
using Marketline.Core.Crawl;
using Marketline.Core.Json;

namespace Marketline.Tests.Platforms.Contract;

/// <summary>A saved page, and beside it what is expected of it.</summary>
internal sealed record ConnectorPage(string Platform, CrawlKind Kind, string BodyPath, string ExpectedPath)
{
    public static readonly DateTimeOffset Seen = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private static readonly JsonSerializerOptions Indented = new(JsonFormat.Options) { WriteIndented = true, NewLine = "\n" };

    public byte[] Body => File.ReadAllBytes(BodyPath);

    public PageExpectation Expectation
    {
        get
        {
            Assert.That(ExpectedPath, Does.Exist, $"{this} has no expectation: add this file with its source, url and contentType, then run the tests with MARKETLINE_WRITE_EXPECTED=1.");
            return JsonSerializer.Deserialize<PageExpectation>(File.ReadAllText(ExpectedPath), JsonFormat.Options)!;
        }
    }

    public FetchedPage Fetched(byte[]? body = null, string? url = null)
    {
        var expectation = Expectation;
        return new()
        {
            Url = url ?? expectation.Url,
            FinalUrl = url ?? expectation.Url,
            FetchedUtc = Seen,
            StatusCode = 200,
            ContentType = expectation.ContentType,
            Body = body ?? Body,
        };
    }

    public void WriteResult(JsonObject result) =>
        File.WriteAllText(ExpectedPath, JsonSerializer.Serialize(Expectation with { Result = result }, Indented) + "\n");

    public static string Text(JsonNode? node) => node?.ToJsonString(Indented) ?? "";

    public override string ToString() => $"{Platform} {ConnectorFolder.Word(Kind)} {Path.GetFileName(BodyPath)}";
}
