using Marketline.Tests.Storage;

// Not in Marketline.Tests.Storage: a set-up fixture ends with its namespace, and this one is to end with the whole run.
namespace Marketline.Tests;

/// <summary>
/// The storage emulator that all tests of a run share, started by the first that asks. Tests keep apart by the names they use.
/// MARKETLINE_AZURITE names one that runs already. A test that takes the service away starts an <see cref="AzuriteProcess"/> of its own.
/// </summary>
[SetUpFixture]
public sealed class AzuriteFixture
{
    private static readonly string? Running = Environment.GetEnvironmentVariable("MARKETLINE_AZURITE");
    private static readonly Lazy<Task<AzuriteProcess>> Shared = new(() => AzuriteProcess.StartAsync());

    public static async Task<string> ConnectionStringAsync() =>
        string.IsNullOrEmpty(Running) ? (await Shared.Value).ConnectionString : Running;

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        if (Shared.IsValueCreated)
        {
            await (await Shared.Value).DisposeAsync();
        }
    }
}
