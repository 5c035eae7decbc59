using System.Security.Cryptography;
using System.Text;

namespace Marketline.Functions.Http.Reference;

/// <summary>The page's style and script. They stand in the page; the policy allows these two texts by their hashes, and nothing else.</summary>
internal static class ReferenceAssets
{
    public static string Style { get; } = Read("reference.css");

    public static string Script { get; } = Read("reference.js");

    public static string ContentSecurityPolicy { get; } =
        $"default-src 'none'; style-src '{Hash(Style)}'; script-src '{Hash(Script)}'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static string Hash(string text) => $"sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)))}";

    private static string Read(string name)
    {
        using var reader = new StreamReader(typeof(ReferenceAssets).Assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}
