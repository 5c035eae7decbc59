using System.Globalization;
using System.Reflection;

namespace Microsoft.Azure.Functions.Worker.Local;

/// <summary>What differs between an app that owns its process and one that a test runs inside its own.</summary>
internal sealed record HostLaunch
{
    public const int DefaultPort = 7071;

    public string[] Args { get; init; } = [];

    /// <summary>The folder of host.json and local.settings.json.</summary>
    public required string AppFolder { get; init; }

    /// <summary>Where the data folder is made unless a setting says otherwise.</summary>
    public required string WorkingFolder { get; init; }

    public required Assembly AppAssembly { get; init; }

    /// <summary>Null takes every function of the app's assembly and the ones it references.</summary>
    public IReadOnlyList<Type>? FunctionTypes { get; init; }

    /// <summary>Stands above every other source of settings.</summary>
    public IReadOnlyDictionary<string, string?> Settings { get; init; } = new Dictionary<string, string?>();

    /// <summary>Settings become environment variables, and a failed start ends the process with one line.</summary>
    public bool OwnsProcess { get; init; }

    public TextWriter Output { get; init; } = TextWriter.Null;

    public static HostLaunch OfProcess(string[] args, Assembly app)
    {
        var working = Directory.GetCurrentDirectory();
        return new HostLaunch
        {
            Args = args,
            AppFolder = File.Exists(Path.Combine(working, "host.json")) ? working : AppContext.BaseDirectory,
            WorkingFolder = working,
            AppAssembly = app,
            OwnsProcess = true,
            Output = Console.Out,
        };
    }

    /// <summary>The port of <c>--port N</c>, <c>--port=N</c> or <c>-p N</c>, as with <c>func start</c>.</summary>
    public int? PortArgument()
    {
        for (var i = 0; i < Args.Length; i++)
        {
            if (Args[i].StartsWith("--port=", StringComparison.Ordinal))
            {
                return Port(Args[i]["--port=".Length..]);
            }

            if (Args[i] is "--port" or "-p")
            {
                return Port(i + 1 < Args.Length ? Args[i + 1] : "");
            }
        }

        return null;
    }

    private static int Port(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port <= ushort.MaxValue
            ? port
            : throw new HostStartException($"--port is '{text}', expected a number from 0 to 65535.");
}
