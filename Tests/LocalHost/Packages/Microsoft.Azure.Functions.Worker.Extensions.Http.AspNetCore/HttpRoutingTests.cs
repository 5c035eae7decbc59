using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace Marketline.Tests.LocalHost.Packages.Worker.Http;

public sealed class HttpRoutingTests
{
    [TestCase("""{"version":"2.0"}""", "api/ByName", "ByName")]
    [TestCase("""{"version":"2.0","extensions":{"http":{"routePrefix":""}}}""", "ByName", "ByName")]
    [TestCase("""{"version":"2.0","extensions":{"http":{"routePrefix":"v1/x"}}}""", "v1/x/things/5", "ById")]
    [TestCase("""{"version":"2.0"}""", "API/THINGS/5", "ById")]
    [TestCase("""{"version":"2.0"}""", "api/things/latest", "Latest")]
    [TestCase("""{"version":"2.0"}""", "api/files/a/b.txt", "a/b.txt")]
    public async Task Get_KnownRoute_ReachesItsFunction(string hostJson, string address, string expected)
    {
        await using var host = await FunctionsTestHost.StartAsync(new FunctionsTestOptions { Functions = [typeof(Routes)], HostJson = hostJson });

        var body = await host.Client.GetStringAsync(address);

        Assert.That(body, Is.EqualTo(expected));
    }

    [TestCase("GET", "api/nowhere")]
    [TestCase("GET", "ByName")]
    [TestCase("GET", "api/things/x")]
    [TestCase("DELETE", "api/ByName")]
    public async Task Send_UnknownRouteOrMethod_IsNotFoundProblem(string method, string address)
    {
        await using var host = await FunctionsTestHost.StartAsync(typeof(Routes));

        using var request = new HttpRequestMessage(new HttpMethod(method), address);
        using var response = await host.Client.SendAsync(request);

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That(response.Content.Headers.ContentType?.MediaType, Is.EqualTo("application/problem+json"));
    }

    [TestCase("GET", "read")]
    [TestCase("POST", "write")]
    public async Task Send_SameRouteOtherMethod_IsAnotherFunction(string method, string expected)
    {
        await using var host = await FunctionsTestHost.StartAsync(typeof(Routes));

        using var request = new HttpRequestMessage(new HttpMethod(method), "api/shared");
        using var response = await host.Client.SendAsync(request);

        Assert.That(await response.Content.ReadAsStringAsync(), Is.EqualTo(expected));
    }

    [Test]
    public async Task Get_FunctionThrows_Is500WithoutItsMessage()
    {
        await using var host = await FunctionsTestHost.StartAsync(typeof(Routes));

        using var response = await host.Client.GetAsync(new Uri("api/Throws", UriKind.Relative));

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.InternalServerError));
        Assert.That(await response.Content.ReadAsStringAsync(), Does.Contain("\"status\":500").And.Not.Contain("secret"));
    }

    [Test]
    public async Task Get_FunctionThrowsInTheMiddleOfItsAnswer_BreaksTheConnection()
    {
        await using var host = await FunctionsTestHost.StartAsync(typeof(Routes));

        Assert.That(async () => await host.Client.GetStringAsync("api/HalfWay"), Throws.InstanceOf<HttpRequestException>());
    }

    public sealed class Routes
    {
        [Function("ByName")]
        public IActionResult ByName([HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest request) => Text("ByName");

        [Function("ById")]
        public IActionResult ById([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "things/{id:int}")] HttpRequest request) => Text("ById");

        [Function("Latest")]
        public IActionResult Latest([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "things/latest")] HttpRequest request) => Text("Latest");

        [Function("Files")]
        public IActionResult Files(
            [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "files/{*path}")] HttpRequest request, string path) => Text(path);

        [Function("Read")]
        public IActionResult Read([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "shared")] HttpRequest request) => Text("read");

        [Function("Write")]
        public IActionResult Write([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "shared")] HttpRequest request) => Text("write");

        [Function("Throws")]
        public IActionResult Throws([HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest request) =>
            throw new InvalidOperationException("secret");

        [Function("HalfWay")]
        public async Task HalfWayAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest request)
        {
            await request.HttpContext.Response.WriteAsync("half");
            await request.HttpContext.Response.Body.FlushAsync();
            throw new InvalidOperationException("secret");
        }

        private static ContentResult Text(string text) => new() { Content = text };
    }
}
