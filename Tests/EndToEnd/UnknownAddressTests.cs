using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Marketline.Tests.Storage;

namespace Marketline.Tests.EndToEnd;

/// <summary>What no operation answers: nothing is told without a key, and with one a problem says what to do.</summary>
[Parallelizable]
[CancelAfter(60_000)]
public sealed class UnknownAddressTests
{
    [TestCase("GET", "api/nothing")]
    [TestCase("POST", "api/health")]
    [TestCase("GET", "api/operator/nothing")]
    [TestCase("OPTIONS", "api/plans")]
    [TestCase("GET", "api")]
    public async Task Send_NoKey_Is401(string method, string address)
    {
        var app = await SharedApp.GetAsync();
        using var http = new HttpClient { BaseAddress = app.Address };

        using var answer = await SendAsync(http, method, address, key: null);

        Assert.That((answer.StatusCode, answer.Content.Headers.ContentType?.MediaType), Is.EqualTo((HttpStatusCode.Unauthorized, "application/problem+json")));
    }

    [TestCase("GET", "api/plan", HttpStatusCode.NotFound, "/api/plans")]
    [TestCase("DELETE", "api/health", HttpStatusCode.MethodNotAllowed, "GET")]
    [TestCase("HEAD", "api/keys", HttpStatusCode.MethodNotAllowed, "")]
    [TestCase("GET", "api/keys/5f0c2a9d7e4b1836", HttpStatusCode.MethodNotAllowed, "DELETE")]
    public async Task Send_AnyKey_IsAProblemThatSaysWhatToDo(string method, string address, HttpStatusCode status, string detail)
    {
        var app = await SharedApp.GetAsync();
        using var http = new HttpClient { BaseAddress = app.Address };
        var tenantKey = await app.CreateKeyAsync(TestStorage.NewTenant().Value);

        foreach (var key in new[] { tenantKey, RunningApp.AdminKeyText })
        {
            using var answer = await SendAsync(http, method, address, key);

            var problem = method == "HEAD" ? null : await answer.Content.ReadFromJsonAsync<JsonObject>();
            Assert.That(answer.StatusCode, Is.EqualTo(status));
            Assert.That(answer.Content.Headers.ContentType?.MediaType, Is.EqualTo("application/problem+json"));
            Assert.That((string?)problem?["detail"] ?? "", Does.Contain(detail));
            Assert.That(answer.Content.Headers.Allow.Count > 0, Is.EqualTo(status == HttpStatusCode.MethodNotAllowed));
        }
    }

    private static async Task<HttpResponseMessage> SendAsync(HttpClient http, string method, string address, string? key)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(address, UriKind.Relative));
        if (key is not null)
        {
            request.Headers.Add("X-Api-Key", key);
        }

        return await http.SendAsync(request);
    }
}
