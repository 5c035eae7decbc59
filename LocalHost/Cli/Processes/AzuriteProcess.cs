namespace Marketline.LocalHost.Cli.Processes;

/// <summary>The storage emulator: one that is running already is used and left running.</summary>
internal static class AzuriteProcess
{
    private static readonly TimeSpan StartTime = TimeSpan.FromSeconds(60);

    /// <returns>The process; null when one was listening already.</returns>
    public static async Task<ChildProcess?> StartAsync(Workspace workspace, EmulatorPorts ports, CancellationToken cancellationToken)
    {
        using var http = new HttpClient();
        if (await AnswersAsync(http, ports, cancellationToken))
        {
            return null;
        }

        foreach (var port in ports.All)
        {
            Ports.RequireFree(port, "the storage emulator");
        }

        if (!File.Exists(workspace.Azurite))
        {
            throw new CliException("the storage emulator is not installed: run ./run.sh, which installs it from LocalHost/npm.");
        }

        string[] arguments =
        [
            workspace.Azurite, "--location", workspace.Data, "--silent", "--disableTelemetry", "--skipApiVersionCheck",
            "--blobPort", $"{ports.Blob}", "--queuePort", $"{ports.Queue}", "--tablePort", $"{ports.Table}",
        ];
        var process = ChildProcess.Start("node", arguments, workspace.Root, Path.Combine(workspace.Logs, "azurite.log"));
        await Waiting.UntilAsync(() => AnswersAsync(http, ports, cancellationToken), process, "the storage emulator", StartTime, cancellationToken);
        return process;
    }

    private static async Task<bool> AnswersAsync(HttpClient http, EmulatorPorts ports, CancellationToken cancellationToken)
    {
        foreach (var port in new[] { ports.Blob, ports.Table })
        {
            try
            {
                using var answer = await http.GetAsync(new Uri($"http://127.0.0.1:{port}/"), cancellationToken);
                if (!answer.Headers.Server.ToString().Contains("Azurite", StringComparison.OrdinalIgnoreCase))
                {
                    return false;
                }
            }
            catch (HttpRequestException)
            {
                return false;
            }
        }

        return true;
    }
}
