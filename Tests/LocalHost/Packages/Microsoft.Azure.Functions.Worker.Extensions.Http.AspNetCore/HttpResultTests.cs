using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace Marketline.Tests.LocalHost.Packages.Worker.Http;

public sealed class HttpResultTests
{
    private FunctionsTestHost _host = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => _host = await FunctionsTestHost.StartAsync(typeof(Results), typeof(Own));

    [OneTimeTearDown]
    public async Task StopAsync() => await _host.DisposeAsync();

    [TestCase("Object", 200, "application/json", """{"id":1}""")]
    [TestCase("Text", 200, "text/plain", "hello")]
    [TestCase("Created", 201, "application/json", "\"made\"")]
    [TestCase("Content", 202, "text/html", "<p>x</p>")]
    [TestCase("Empty", 200, null, "")]
    [TestCase("Status", 418, null, "")]
    [TestCase("NoContent", 204, null, "")]
    [TestCase("Stream", 200, "application/zstd", "stream")]
    [TestCase("Problem", 409, "application/problem+json", null)]
    [TestCase("Minimal", 200, "application/json", """{"id":2}""")]
    [TestCase("ValueTaskResult", 200, "text/plain", "soon")]
    [TestCase("SyncResult", 200, "text/plain", "now")]
    [TestCase("Written", 203, "text/csv", "a,b")]
    public async Task Get_Result_IsWritten(string function, int status, string? mediaType, string? body)
    {
        using var response = await _host.Client.GetAsync(new Uri($"api/{function}", UriKind.Relative));

        Assert.That((int)response.StatusCode, Is.EqualTo(status));
        Assert.That(response.Content.Headers.ContentType?.MediaType, Is.EqualTo(mediaType));
        if (body is not null)
        {
            Assert.That(await response.Content.ReadAsStringAsync(), Is.EqualTo(body));
        }
    }

    [TestCase("Poco")]
    [TestCase("PlainString")]
    public async Task Get_OtherReturnType_IsEmptyAsInAzure(string function)
    {
        using var response = await _host.Client.GetAsync(new Uri($"api/{function}", UriKind.Relative));

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(await response.Content.ReadAsByteArrayAsync(), Is.Empty);
    }

    [Test]
    public async Task Get_StreamedResponse_ArrivesWhileTheFunctionRuns()
    {
        using var response = await _host.Client.GetAsync(
            new Uri("api/Events", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());

        var first = await reader.ReadLineAsync();
        Own.Release.SetResult();
        var rest = await reader.ReadToEndAsync();

        Assert.That((first, rest), Is.EqualTo(("data: 1", "data: 2\n")));
    }

    [Test]
    public async Task Get_CallerLeaves_CancelsTheFunction()
    {
        using var leaving = new CancellationTokenSource();
        using var response = await _host.Client.GetAsync(
            new Uri("api/Endless", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, leaving.Token);

        response.Dispose();

        Assert.That(async () => await Own.Cancelled.Task.WaitAsync(TimeSpan.FromSeconds(10)), Throws.Nothing);
    }

    public sealed class Results
    {
        [Function("Object")]
        public Task<IActionResult> Object([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request) =>
            Task.FromResult<IActionResult>(new OkObjectResult(new { Id = 1 }));

        [Function("Text")]
        public IActionResult Text([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request) => new OkObjectResult("hello");

        [Function("Created")]
        public IActionResult Created([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request) =>
            new JsonResult("made") { StatusCode = 201 };

        [Function("Content")]
        public IActionResult Content([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request) =>
            new ContentResult { Content = "<p>x</p>", ContentType = "text/html", StatusCode = 202 };

        [Function("Empty")]
        public IActionResult Empty([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request) => new EmptyResult();

        [Function("Status")]
        public IActionResult Status([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request) => new StatusCodeResult(418);

        [Function("NoContent")]
        public IActionResult NoContent([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request) => new NoContentResult();

        [Function("Stream")]
        public IActionResult Stream([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request) =>
            new FileStreamResult(new MemoryStream("stream"u8.ToArray()), "application/zstd");

        [Function("Problem")]
        public IResult Problem([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request) =>
            Microsoft.AspNetCore.Http.Results.Problem(statusCode: 409, title: "Busy");

        [Function("Minimal")]
        public Task<IResult> MinimalAsync([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request) =>
            Task.FromResult(Microsoft.AspNetCore.Http.Results.Ok(new { Id = 2 }));

        [Function("ValueTaskResult")]
        public async ValueTask<IActionResult> ValueTaskAsync([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request)
        {
            await Task.Yield();
            return new OkObjectResult("soon");
        }

        [Function("SyncResult")]
        public OkObjectResult Sync([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request) => new("now");

        [Function("Poco")]
        public object[] Poco([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request) => [1];

        [Function("PlainString")]
        public Task<string> PlainStringAsync([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request) => Task.FromResult("lost");
    }

    public sealed class Own
    {
        public static readonly TaskCompletionSource Release = new();
        public static readonly TaskCompletionSource Cancelled = new();

        [Function("Written")]
        public async Task WrittenAsync([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request)
        {
            var response = request.HttpContext.Response;
            response.StatusCode = 203;
            response.ContentType = "text/csv";
            await response.WriteAsync("a,b");
        }

        [Function("Events")]
        public async Task EventsAsync([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request, CancellationToken cancellationToken)
        {
            var response = request.HttpContext.Response;
            await response.WriteAsync("data: 1\n", cancellationToken);
            await response.Body.FlushAsync(cancellationToken);
            await Release.Task;
            await response.WriteAsync("data: 2\n", cancellationToken);
        }

        [Function("Endless")]
        public async Task EndlessAsync([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request, CancellationToken cancellationToken)
        {
            cancellationToken.Register(Cancelled.SetResult);
            await request.HttpContext.Response.Body.FlushAsync(cancellationToken);
            await Task.Delay(Timeout.Infinite, cancellationToken);
        }
    }
}
