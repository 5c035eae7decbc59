using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;

namespace Marketline.Tests.EndToEnd;

/// <summary>
/// A checkout of a test's own, as the command line finds it: its data, keys and logs are in there, and its sample of local settings
/// has free ports. The programs are the build's.
/// </summary>
internal sealed class TestCheckout : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    /// <param name="storage">Null: the storage emulator is to be started, on free ports.</param>
    public TestCheckout(string? storage = null)
    {
        var build = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
        var programs = build.Parent!.Parent!.FullName;
        _folder.Write("FunctionsApp.sln", "");
        _folder.Write("host.json", File.ReadAllText(Path.Combine(RepositoryPaths.Root, "host.json")));
        _folder.Write("local.settings.sample.json", Sample(storage ?? Emulator(), AppPort));
        Link("LocalHost/npm", Path.Combine(RepositoryPaths.Root, "LocalHost", "npm"));
        Link("bin/FunctionsApp", Path.Combine(programs, "FunctionsApp"));

        // A copy, since the command line looks for the checkout from where it really is.
        Copy(Path.Combine(programs, "Cli", build.Name), Path.Combine(Root, "bin", "Cli", build.Name));
        Program = Path.Combine(Root, "bin", "Cli", build.Name, "marketline.dll");
    }

    public string Root => _folder.FullPath;

    public string Program { get; }

    public int AppPort { get; } = FreePorts(1)[0];

    public int MarketplacePort { get; } = FreePorts(1)[0];

    /// <summary>Starts the command line as the leader of a process group, as a shell does.</summary>
    public Process Start(params string[] arguments)
    {
        var start = new ProcessStartInfo("setsid", ["dotnet", Program, .. arguments, "--marketplace-port", $"{MarketplacePort}"])
        {
            WorkingDirectory = Root,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        return Process.Start(start)!;
    }

    public async Task<(int ExitCode, string Output, string Errors)> RunAsync(params string[] arguments)
    {
        using var process = Start(arguments);
        var texts = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, texts[0], texts[1]);
    }

    public string Write(string name, string text) => _folder.Write(name, text);

    public JsonNode ReadJson(string name) => JsonNode.Parse(File.ReadAllText(Path.Combine(Root, name)))!;

    public void Dispose() => _folder.Dispose();

    public static int[] FreePorts(int count)
    {
        var listeners = Enumerable.Range(0, count).Select(_ => new TcpListener(IPAddress.Loopback, 0)).ToList();
        listeners.ForEach(listener => listener.Start());
        var ports = listeners.ConvertAll(listener => ((IPEndPoint)listener.LocalEndpoint).Port);
        listeners.ForEach(listener => listener.Dispose());
        return [.. ports];
    }

    private static string Emulator()
    {
        var ports = FreePorts(3);
        const string account = "devstoreaccount1";
        const string key = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";
        return $"DefaultEndpointsProtocol=http;AccountName={account};AccountKey={key};BlobEndpoint=http://127.0.0.1:{ports[0]}/{account};"
            + $"QueueEndpoint=http://127.0.0.1:{ports[1]}/{account};TableEndpoint=http://127.0.0.1:{ports[2]}/{account};";
    }

    private static string Sample(string storage, int port)
    {
        var sample = JsonNode.Parse(File.ReadAllText(Path.Combine(RepositoryPaths.Root, "local.settings.sample.json")))!;
        sample["Host"] = new JsonObject { ["LocalHttpPort"] = port };
        sample["Values"]!["AzureWebJobsStorage"] = storage;
        sample["Values"]!["Storage__ConnectionString"] = storage;
        return sample.ToJsonString();
    }

    private void Link(string name, string target)
    {
        var path = Path.Combine(Root, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        Directory.CreateSymbolicLink(path, target);
    }

    private static void Copy(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var file in Directory.EnumerateFiles(from))
        {
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
        }

        foreach (var folder in Directory.EnumerateDirectories(from))
        {
            Copy(folder, Path.Combine(to, Path.GetFileName(folder)));
        }
    }
}
