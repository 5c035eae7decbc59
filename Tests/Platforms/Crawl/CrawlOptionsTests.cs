using Marketline.Platforms.Crawl;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Marketline.Tests.Platforms.Crawl;

public sealed class CrawlOptionsTests
{
    [TestCase("Crawl:MaxBodyBytes", "10")]
    [TestCase("Crawl:DelayFloor", "00:20:00")]
    [TestCase("Crawl:ProductToken", "My Bot")]
    [TestCase("Crawl:Contact", "me")]
    [TestCase("Crawl:MaxAttempts", "0")]
    [TestCase("Crawl:AllowedPrivateAddresses:0", "localhost")]
    [TestCase("Crawl:FirstByteTimeout", "00:04:00")]
    public void AddCrawl_SettingOutOfRange_IsRefusedByName(string key, string value)
    {
        using var services = Services((key, value));

        var error = Assert.Throws<OptionsValidationException>(() => _ = services.GetRequiredService<IOptions<CrawlOptions>>().Value);

        Assert.That(error!.Message, Does.Contain(key.Split(':')[1]));
    }

    [Test]
    public void AddCrawl_NoSettings_IsValidAndAllowsNoPrivateAddress()
    {
        using var services = Services();

        var options = services.GetRequiredService<IOptions<CrawlOptions>>().Value;

        Assert.That(options.AllowedPrivateAddresses, Is.Empty);
        Assert.That(services.GetRequiredService<BatchCrawler>(), Is.Not.Null);
    }

    [Test]
    public void AddCrawl_Settings_AreBound()
    {
        using var services = Services(("Crawl:DelayFloor", "0"), ("Crawl:AllowedPrivateAddresses:0", "127.0.0.0/8:8080"));

        var options = services.GetRequiredService<IOptions<CrawlOptions>>().Value;

        Assert.That((options.DelayFloor, options.AllowedPrivateAddresses[0]), Is.EqualTo((TimeSpan.Zero, "127.0.0.0/8:8080")));
    }

    private static ServiceProvider Services(params (string Key, string Value)[] settings)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(pair => KeyValuePair.Create(pair.Key, (string?)pair.Value)))
            .Build();
        return new ServiceCollection().AddLogging().AddCrawl(configuration).BuildServiceProvider();
    }
}
