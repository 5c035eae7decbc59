using System.Text.Json;
using Azure.Storage.Blobs;
using Marketline.Core.Naming;
using Marketline.Core.Tenants;
using Marketline.Functions.Http.Access;
using Marketline.Functions.Http.Container;
using Marketline.Storage.Blobs;
using Marketline.Tests.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Marketline.Tests.Functions.Http.Container;

public sealed class CreateContainerAccessEndpointTests
{
    private readonly ManualTimeProvider _time = new(new DateTimeOffset(2026, 11, 21, 10, 0, 0, TimeSpan.Zero));
    private readonly TenantId _tenant = TestStorage.NewTenant();
    private ServiceProvider _storage = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => _storage = await TestStorage.CreateAsync(_time);

    [OneTimeTearDown]
    public async Task StopAsync() => await _storage.DisposeAsync();

    [TestCase(null, 15)]
    [TestCase("{}", 15)]
    [TestCase("""{"minutes":1}""", 1)]
    [TestCase("""{"minutes":60}""", 60)]
    public async Task RunAsync_Minutes_AreHowLongItLasts(string? body, int expected)
    {
        var (status, answer, headers) = await PostAsync(body);

        Assert.That(status, Is.EqualTo(200));
        Assert.That(answer.GetProperty("expiresUtc").GetDateTimeOffset(), Is.EqualTo(_time.GetUtcNow().AddMinutes(expected)));
        Assert.That(answer.GetProperty("sasUrl").GetString(), Does.StartWith(answer.GetProperty("containerUrl").GetString() + "?"));
        Assert.That(new BlobUriBuilder(new Uri(answer.GetProperty("sasUrl").GetString()!)).BlobContainerName, Is.EqualTo($"t-{_tenant}"));
        Assert.That(headers.CacheControl.ToString(), Is.EqualTo("no-store"));
    }

    [TestCase("""{"minutes":0}""")]
    [TestCase("""{"minutes":61}""")]
    [TestCase("""{"minutes":-2147483648}""")]
    public async Task RunAsync_TooLongOrTooShort_IsAProblem(string body)
    {
        var (status, answer, _) = await PostAsync(body);

        Assert.That(status, Is.EqualTo(400));
        Assert.That(answer.GetProperty("errors").TryGetProperty("minutes", out _), Is.True);
    }

    [Test]
    public void RunAsync_OtherTenantInTheBody_IsNotLookedAt() =>
        Assert.That(async () => (await PostAsync("""{"tenantId":"other","container":"t-other"}""")).Answer.GetProperty("containerUrl").GetString(), Does.EndWith($"/t-{_tenant}"));

    private async Task<(int Status, JsonElement Answer, IHeaderDictionary Headers)> PostAsync(string? body)
    {
        var http = Answers.NewContext("/api/container/access");
        http.Request.Method = "POST";
        http.SetCaller(new Caller(AccessRole.Owner, _tenant, "test"));
        if (body is not null)
        {
            var bytes = System.Text.Encoding.UTF8.GetBytes(body);
            (http.Request.Body, http.Request.ContentLength, http.Request.ContentType) = (new MemoryStream(bytes), bytes.Length, "application/json");
        }

        var endpoint = new CreateContainerAccessEndpoint(_storage.GetRequiredService<BlobContainerAccess>());
        await (await endpoint.RunAsync(http.Request, CancellationToken.None)).ExecuteAsync(http);
        http.Response.Body.Position = 0;
        return (http.Response.StatusCode, JsonSerializer.Deserialize<JsonElement>(http.Response.Body), http.Response.Headers);
    }
}
