using Marketline.Analytics;
using Marketline.Analytics.Clean;
using Marketline.Analytics.Gold;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Marketline.Tests.Analytics;

public sealed class AnalyticsRegistrationTests
{
    [Test]
    public void AddAnalytics_Defaults_GivesBothServices()
    {
        using var provider = Provide([]);

        Assert.That(provider.GetService<CleanBatchWriter>(), Is.Not.Null);
        Assert.That(provider.GetService<GoldAggregator>(), Is.Not.Null);
    }

    [TestCase("MemoryLimitMegabytes", "10")]
    [TestCase("ThreadCount", "0")]
    [TestCase("MaxRowsPerFile", "1")]
    [TestCase("TempDirectory", "")]
    public void AddAnalytics_SettingOutOfRange_FailsWithItsName(string name, string value)
    {
        using var provider = Provide(new() { [$"Analytics:{name}"] = value });

        Assert.That(
            () => provider.GetRequiredService<IOptions<AnalyticsOptions>>().Value,
            Throws.TypeOf<OptionsValidationException>().With.Message.Contains(name)
        );
    }

    private static ServiceProvider Provide(Dictionary<string, string?> settings) =>
        new ServiceCollection()
            .AddAnalytics(new ConfigurationBuilder().AddInMemoryCollection(settings).Build())
            .BuildServiceProvider();
}
