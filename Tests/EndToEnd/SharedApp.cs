namespace Marketline.Tests.EndToEnd;

/// <summary>The app that tests share which do not disturb it, started by the first that asks. Tests keep apart by tenants and shops.</summary>
[SetUpFixture]
public sealed class SharedApp
{
    private static readonly TemporaryFolder Folder = new();
    private static readonly Lazy<Task<RunningApp>> App = new(StartAsync);

    internal static Task<RunningApp> GetAsync() => App.Value;

    /// <summary>Time-outs that a machine under load keeps, and that still end a shop which never answers within seconds.</summary>
    private static async Task<RunningApp> StartAsync() =>
        await RunningApp.StartAsync(
            await AzuriteFixture.ConnectionStringAsync(),
            Folder.FullPath,
            ("Crawl__FirstByteTimeout", "00:00:03"),
            ("Crawl__FetchTimeout", "00:00:04")
        );

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        if (App.IsValueCreated)
        {
            await (await App.Value).DisposeAsync();
        }

        Folder.Dispose();
    }
}
