namespace Marketline.Tests.Platforms.Api;

internal sealed record ApiReply(int Status, string Body, string ContentType = "application/json")
{
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    public static ApiReply Ok(string body) => new(200, body);
}
