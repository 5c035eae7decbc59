using System.Text;

namespace Marketline.LocalHost.DemoMarketplace.Shops;

/// <summary>How a page is encoded, and what its header and its meta element say about that, true or not.</summary>
internal sealed record PageCharset(Encoding Encoding, string? Header, string Meta)
{
    public static PageCharset Utf8 { get; } = new(new UTF8Encoding(false), "utf-8", "utf-8");

    /// <summary>One of the encodings that .NET keeps apart from the common ones; nothing is registered for the process.</summary>
    public static Encoding Legacy(string name) =>
        CodePagesEncodingProvider.Instance.GetEncoding(name)
        ?? throw new ArgumentException($"No encoding '{name}'.", nameof(name));
}
