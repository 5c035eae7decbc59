using System.Text.Json;

namespace Marketline.LocalHost.DemoMarketplace.SavedPages;

/// <summary>Reads a folder of saved pages: <c>ground-truth.json</c> beside <c>html/&lt;key&gt;.html.gz</c> or <c>.html</c>.</summary>
internal static class SavedPagesFolder
{
    private const string TruthFile = "ground-truth.json";

    /// <summary>The pages by <see cref="SavedPage.MirrorPath"/>. Bodies stay on disk.</summary>
    /// <exception cref="SavedPagesException">A file is missing or can not be read.</exception>
    public static Dictionary<string, SavedPage> Read(string folder)
    {
        var truthPath = Path.Combine(folder, TruthFile);
        using var truth = Parse(truthPath);
        if (truth.RootElement.ValueKind != JsonValueKind.Object)
        {
            throw new SavedPagesException(
                $"{truthPath}: an object of pages by key was expected, found {truth.RootElement.ValueKind}."
            );
        }

        var pages = new Dictionary<string, SavedPage>(StringComparer.Ordinal);
        foreach (var entry in truth.RootElement.EnumerateObject())
        {
            var page = Page(folder, truthPath, entry);
            if (!pages.TryAdd(page.MirrorPath, page))
            {
                throw new SavedPagesException(
                    $"{truthPath}: the pages '{pages[page.MirrorPath].Key}' and '{page.Key}' have the same address ({page.OriginalUrl})."
                );
            }
        }

        return pages;
    }

    private static JsonDocument Parse(string path)
    {
        try
        {
            using var stream = File.OpenRead(path);
            return JsonDocument.Parse(stream);
        }
        catch (JsonException exception)
        {
            throw new SavedPagesException($"{path}: not valid JSON: {exception.Message}", exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new SavedPagesException($"{path}: can not be read: {exception.Message}", exception);
        }
    }

    private static SavedPage Page(string folder, string truthPath, JsonProperty entry)
    {
        var hasUrl =
            entry.Value.ValueKind == JsonValueKind.Object
            && entry.Value.TryGetProperty("url", out var value)
            && value.ValueKind == JsonValueKind.String;
        if (!hasUrl || MirrorPath.Of(entry.Value.GetProperty("url").GetString()!) is not var (original, path))
        {
            throw new SavedPagesException($"{truthPath}: the page '{entry.Name}' has no absolute http(s) 'url'.");
        }

        return new SavedPage(entry.Name, original, path, FilePath(folder, truthPath, entry.Name));
    }

    private static string FilePath(string folder, string truthPath, string key)
    {
        if (Path.GetFileName(key) != key || key.Length == 0)
        {
            throw new SavedPagesException($"{truthPath}: '{key}' is no file name.");
        }

        var plain = Path.Combine(folder, "html", key + ".html");
        var compressed = plain + ".gz";
        return File.Exists(compressed) ? compressed
            : File.Exists(plain) ? plain
            : throw new SavedPagesException(
                $"{compressed}: the page is in {truthPath}, but there is neither this file nor {plain}."
            );
    }
}
