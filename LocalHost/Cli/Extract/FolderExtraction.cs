using System.Collections.Concurrent;
using System.Text.Json;
using Marketline.Core.Json;

namespace Marketline.LocalHost.Cli.Extract;

/// <summary>The main product of every page of a folder, as one JSON object by file name. A page that can not be read leaves the others alone.</summary>
internal static class FolderExtraction
{
    private static readonly string[] Endings = [".gz", ".html", ".htm"];
    private static readonly JsonSerializerOptions Indented = new(JsonFormat.Options) { WriteIndented = true };

    /// <returns>0; what could not be read is told within the JSON and on standard error.</returns>
    public static async Task<int> RunAsync(DirectoryInfo folder, PageReader reader, Stream output, CancellationToken cancellationToken)
    {
        var files = Files(folder);
        var urls = SavedUrls.Read(Path.Combine(folder.FullName, "ground-truth.json"));
        var found = new ConcurrentDictionary<string, MainProduct>(StringComparer.Ordinal);
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(files, parallel, async (file, token) => found[file.Key] = await ReadAsync(file.Value, urls.GetValueOrDefault(file.Key), reader, token));

        foreach (var (key, product) in found.Where(pair => pair.Value.Problem is not null).OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            await Console.Error.WriteLineAsync($"{key}: {product.Problem}");
        }

        await JsonSerializer.SerializeAsync(output, new SortedDictionary<string, MainProduct>(found, StringComparer.Ordinal), Indented, cancellationToken);
        output.WriteByte((byte)'\n');
        await Console.Error.WriteLineAsync($"{found.Count} pages, {found.Values.Count(product => product.Price is not null)} with a price.");
        return 0;
    }

    private static async Task<MainProduct> ReadAsync(FileInfo file, string? url, PageReader reader, CancellationToken cancellationToken)
    {
        try
        {
            var page = await PageFile.ReadAsync(file, url, cancellationToken);
            return MainProduct.Of(page, url, reader.Platform, reader.Extract(page));
        }
        catch (CliException failure)
        {
            return new MainProduct { Url = url, Problem = failure.Message };
        }
    }

    /// <summary>By name without endings; where there is more than one file of a name, the first counts.</summary>
    private static SortedDictionary<string, FileInfo> Files(DirectoryInfo folder)
    {
        var pages = new DirectoryInfo(Path.Combine(folder.FullName, "html"));
        if (!pages.Exists)
        {
            throw new CliException($"{pages.FullName} is not there: the pages are expected in it, as <name>.html.gz or <name>.html.");
        }

        var files = new SortedDictionary<string, FileInfo>(StringComparer.Ordinal);
        foreach (var file in pages.EnumerateFiles().OrderBy(file => file.Name, StringComparer.Ordinal))
        {
            if (Key(file.Name) is { } key)
            {
                files.TryAdd(key, file);
            }
        }

        return files;
    }

    /// <returns>Null for a file that is no page.</returns>
    private static string? Key(string name)
    {
        var key = name;
        while (Endings.FirstOrDefault(ending => key.EndsWith(ending, StringComparison.OrdinalIgnoreCase)) is { } found)
        {
            key = key[..^found.Length];
        }

        return key.Length == 0 || name.EndsWith(key + ".gz", StringComparison.OrdinalIgnoreCase) || key == name ? null : key;
    }
}
