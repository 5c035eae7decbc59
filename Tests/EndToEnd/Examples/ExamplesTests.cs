using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Marketline.Core.Tenants;
using Marketline.LocalHost.DemoMarketplace;
using Marketline.Tests.Storage;

namespace Marketline.Tests.EndToEnd.Examples;

/// <summary>
/// Every example of the API is sent to a running app with the demo marketplace behind it, in an order in which each finds what it
/// needs, and has to be answered as it shows and as the document says.
/// </summary>
[CancelAfter(300_000)]
public sealed class ExamplesTests
{
    private static readonly List<ExampleCase> Examples = ExampleCase.InOrder();

    private readonly Dictionary<string, string?> _differences = [];

    private static IEnumerable<string> Names => Examples.Select(example => example.Name);

    [OneTimeSetUp]
    public async Task SendAllAsync()
    {
        await using var marketplace = await DemoMarketplaceServer.StartAsync(new DemoMarketplaceOptions { ProductsPerShop = 60 }, default);
        var app = await SharedApp.GetAsync();
        using var http = new HttpClient { BaseAddress = app.Address };
        var document = JsonNode.Parse(await http.GetStringAsync(new Uri("api/openapi.json", UriKind.Relative)))!.AsObject();
        var tenant = TestStorage.NewTenant().Value;
        var standIns = StandInsFor(tenant, marketplace.Port);
        var owner = await app.CreateKeyAsync(tenant);
        var keys = new Dictionary<string, string> { ["owner"] = owner, ["reader"] = await ReaderAsync(http, owner), ["admin"] = RunningApp.AdminKeyText };
        var runner = new ExampleRunner(http, document, standIns, keys);
        foreach (var example in Examples)
        {
            var failed = example.After.FirstOrDefault(name => _differences[name] is not null);
            _differences[example.Name] = failed is null ? await runner.RunAsync(example) : $"it comes after {failed}, which failed";
        }
    }

    [TestCaseSource(nameof(Names))]
    public void Example_Sent_IsAnsweredAsItShows(string name)
    {
        var difference = _differences[name];

        Assert.That(difference, Is.Null);
    }

    /// <summary>The demo tenants, the marketplace and the admin's key as all examples write them.</summary>
    private static StandIns StandInsFor(string tenant, int marketplacePort)
    {
        var standIns = new StandIns();
        standIns.Add("demobrand", tenant);
        standIns.Add("demoagency", TestStorage.NewTenant().Value);
        standIns.Add("demoobservatory", TestStorage.NewTenant().Value);
        standIns.Add("localhost:7080", $"localhost:{marketplacePort}");
        standIns.Add("a1b2c3d4e5f60718", RunningApp.AdminKeyText.Split('_')[1]);
        return standIns;
    }

    private static async Task<string> ReaderAsync(HttpClient http, string owner)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "api/keys") { Content = JsonContent.Create(new { name = "reader", role = AccessRole.Reader }) };
        request.Headers.Add("X-Api-Key", owner);
        using var answer = await http.SendAsync(request);
        var body = await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonObject>();
        return (string)body!["apiKey"]!;
    }
}
