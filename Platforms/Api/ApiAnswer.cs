namespace Marketline.Platforms.Api;

/// <summary>What an API answered; errors have a body as well, of at most 64 KiB.</summary>
public sealed record ApiAnswer
{
    public required int StatusCode { get; init; }

    public string ContentType { get; init; } = "";

    public ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>By name in any case; of several of one name the first.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();
}
