namespace Marketline.Tests.EndToEnd.Attacks;

/// <summary>The installation that all attacks share, started by the first.</summary>
[SetUpFixture]
public sealed class AttackSetup
{
    private static readonly Lazy<Task<AttackedInstallation>> Installation = new(AttackedInstallation.StartAsync);

    internal static Task<AttackedInstallation> GetAsync() => Installation.Value;

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        if (Installation.IsValueCreated)
        {
            await (await Installation.Value).DisposeAsync();
        }
    }
}
