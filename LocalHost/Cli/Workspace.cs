namespace Marketline.LocalHost.Cli;

/// <summary>Where things are in the checkout.</summary>
internal sealed record Workspace(string Root)
{
    public string Artifacts => Path.Combine(Root, "artifacts");

    /// <summary>The emulator's data, and what has to go with it when it is deleted.</summary>
    public string Data => Path.Combine(Root, ".azurite");

    public string EngineData => Path.Combine(Root, ".engine");

    public string Logs => Path.Combine(Artifacts, "logs");

    public string Summary => Path.Combine(Artifacts, "run-summary.json");

    public string Settings => Path.Combine(Root, "local.settings.json");

    public string SampleSettings => Path.Combine(Root, "local.settings.sample.json");

    public string Azurite => Path.Combine(Root, "LocalHost", "npm", "node_modules", "azurite", "dist", "src", "azurite.js");

    /// <summary>The app beside this executable: <c>artifacts/…/bin/&lt;project&gt;/&lt;configuration&gt;</c>.</summary>
    public static string AppAssembly
    {
        get
        {
            var folder = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
            return Path.Combine(folder.Parent!.Parent!.FullName, "FunctionsApp", folder.Name, "FunctionsApp.dll");
        }
    }

    public static Workspace Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "FunctionsApp.sln")))
            {
                return new Workspace(folder.FullName);
            }
        }

        throw new CliException("FunctionsApp.sln is in no folder above this program; run it from the checkout with ./run.sh.");
    }
}
