namespace Marketline.Functions.Http.OpenApi;

/// <summary>What holds for all of the API: <c>docs/api.md</c>, embedded.</summary>
internal static class ApiConventions
{
    /// <summary>Without the page's title.</summary>
    public static string Markdown { get; } = Read();

    private static string Read()
    {
        using var reader = new StreamReader(typeof(ApiConventions).Assembly.GetManifestResourceStream("api.md")!);
        var text = reader.ReadToEnd();
        return text[(text.IndexOf('\n') + 1)..].Trim();
    }
}
