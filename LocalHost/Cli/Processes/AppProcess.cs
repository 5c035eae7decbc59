namespace Marketline.LocalHost.Cli.Processes;

/// <summary>The app on the local host.</summary>
internal static class AppProcess
{
    private static readonly TimeSpan StartTime = TimeSpan.FromSeconds(60);

    public static Uri BaseAddress(int port) => new($"http://localhost:{port}/");

    /// <param name="port">As in local.settings.json.</param>
    /// <param name="settings">Override those of local.settings.json.</param>
    public static async Task<ChildProcess> StartAsync(
        Workspace workspace,
        int port,
        IReadOnlyDictionary<string, string> settings,
        CancellationToken cancellationToken
    )
    {
        var environment = new Dictionary<string, string>(settings)
        {
            ["LocalHost__DataFolder"] = workspace.EngineData,
            // glibc's arenas, eight for each core, keep what native code has freed (docs/operating.md, "Memory").
            ["MALLOC_ARENA_MAX"] = "2",
        };
        var log = Path.Combine(workspace.Logs, "app.log");
        var process = ChildProcess.Start("dotnet", [Workspace.AppAssembly], workspace.Root, log, environment);
        using var http = new HttpClient { BaseAddress = BaseAddress(port) };
        await Waiting.UntilAsync(() => AnswersAsync(http, cancellationToken), process, "the app", StartTime, cancellationToken);
        return process;
    }

    private static async Task<bool> AnswersAsync(HttpClient http, CancellationToken cancellationToken)
    {
        try
        {
            using var answer = await http.GetAsync(new Uri("api/health", UriKind.Relative), cancellationToken);
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
