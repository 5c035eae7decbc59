using Marketline.Platforms;
using Marketline.Platforms.Render;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Marketline.Tests.Platforms.Render;

public sealed class RenderOptionsTests
{
    private static readonly string Secret = Convert.ToBase64String(new byte[32]);

    [Test]
    public void Bind_Defaults_AreGood() => Assert.That(() => Options([]), Throws.Nothing);

    [TestCase("Render:MaxConcurrency", "0")]
    [TestCase("Render:Timeout", "00:10:00")]
    [TestCase("Render:Endpoint", "browser:9222")]
    [TestCase("Render:SettleTimeout", "00:00:30")]
    [TestCase("Render:ProxyAddress", "http://proxy:3128/path")]
    [TestCase("Render:ProxyAddress", "http://proxy:3128", Description = "without a secret")]
    [TestCase("Render:Endpoint", "ws://browser.example:3000/", Description = "elsewhere, without a proxy that it can reach")]
    public void Bind_WrongValue_IsRefusedByName(string name, string value) =>
        Assert.That(() => Options(new() { [name] = value }), Throws.TypeOf<OptionsValidationException>().With.Message.Contains(name.Split(':')[1]));

    [Test]
    public void Bind_BrowserElsewhereWithItsProxy_IsGood()
    {
        var settings = new Dictionary<string, string?>
        {
            ["Render:Endpoint"] = "ws://browser.example:3000/",
            ["Render:ProxyAddress"] = "http://proxy.example:3128",
            ["Render:ProxySecret"] = Secret,
        };

        Assert.That(Options(settings).Endpoint, Is.EqualTo("ws://browser.example:3000/"));
    }

    [Test]
    public void Bind_BrowserOnThisMachineByAddress_NeedsNoProxyElsewhere() =>
        Assert.That(() => Options(new() { ["Render:Endpoint"] = "http://127.0.0.1:9222" }), Throws.Nothing);

    private static RenderOptions Options(Dictionary<string, string?> settings)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddPlatforms(new ConfigurationBuilder().AddInMemoryCollection(settings).Build());
        using var provider = services.BuildServiceProvider();
        return provider.GetRequiredService<IOptions<RenderOptions>>().Value;
    }
}
