using Marketline.Platforms.Crawl;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Marketline.Tests.Platforms.Crawl;

public sealed class CrawlOptionsValidatorTests
{
    [TestCase("")]
    [TestCase(" ")]
    [TestCase(null)]
    public void Validate_EntryOfTheAllowListIsEmpty_IsRefusedByName(string? entry)
    {
        using var services = Services(("Crawl:AllowedPrivateAddresses:0", entry));

        var error = Assert.Throws<OptionsValidationException>(() => _ = services.GetRequiredService<IOptions<CrawlOptions>>().Value);

        Assert.That(error!.Failures, Has.One.StartsWith("Crawl:AllowedPrivateAddresses:").And.One.Contains("such as 127.0.0.0/8"));
    }

    [TestCase("")]
    [TestCase(null)]
    public void Validate_AllowListIsEmpty_NoPrivateAddressIsAllowed(string? list)
    {
        using var services = Services(("Crawl:AllowedPrivateAddresses", list));

        var options = services.GetRequiredService<IOptions<CrawlOptions>>().Value;

        Assert.That(options.AllowedPrivateAddresses, Is.Empty);
        Assert.That(services.GetRequiredService<AddressGuard>(), Is.Not.Null);
    }

    private static ServiceProvider Services(params (string Key, string? Value)[] settings)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(pair => KeyValuePair.Create(pair.Key, pair.Value)))
            .Build();
        return new ServiceCollection().AddLogging().AddCrawl(configuration).BuildServiceProvider();
    }
}
