using Marketline.Functions.Http;
using Marketline.Functions.Http.Operations;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Marketline.Tests.Functions.Http;

public sealed class RequestRulesMiddlewareTests
{
    private const string TakesNoBody = "ListRunsEndpoint";
    private const string TakesJson = "CreateKeyEndpoint";

    [TestCase(0, true)]
    [TestCase(1024 * 1024, true)]
    [TestCase(1024 * 1024 + 1, false)]
    [TestCase(100L * 1024 * 1024, false)]
    [TestCase(long.MaxValue, false)]
    public async Task Invoke_LengthOfTheBody_IsBounded(long length, bool isTaken)
    {
        var (http, isReached) = await InvokeAsync(TakesJson, request => request.ContentLength = length);

        Assert.That(isReached, Is.EqualTo(isTaken));
        if (!isTaken)
        {
            Assert.That(Answers.Problem(http).GetProperty("status").GetInt32(), Is.EqualTo(413));
        }
    }

    [Test]
    public async Task Invoke_LengthIsNotSaid_ServerStopsReadingAtTheBound()
    {
        var size = new BodySize();

        var (_, isReached) = await InvokeAsync(TakesJson, request => request.HttpContext.Features.Set<IHttpMaxRequestBodySizeFeature>(size));

        Assert.That((isReached, size.MaxRequestBodySize), Is.EqualTo((true, (long?)1024 * 1024)));
    }

    [TestCase("application/json", true)]
    [TestCase("application/json; charset=utf-8", true)]
    [TestCase("application/json; charset=\"UTF-8\"", true)]
    [TestCase("APPLICATION/JSON", true)]
    [TestCase("application/merge-patch+json", true)]
    [TestCase("", true)]
    [TestCase("text/plain", false)]
    [TestCase("text/json2", false)]
    [TestCase("application/xml", false)]
    [TestCase("application/x-www-form-urlencoded", false)]
    [TestCase("multipart/form-data; boundary=x", false)]
    [TestCase("application/json; charset=utf-16", false)]
    [TestCase("application/json; charset=utf-7", false)]
    [TestCase("application/json; charset=nonsense", false)]
    [TestCase("application/json, text/plain", false)]
    [TestCase("nonsense", false)]
    public async Task Invoke_ContentType_IsJsonInUtf8(string type, bool isTaken)
    {
        var (http, isReached) = await InvokeAsync(TakesJson, request => request.ContentType = type);

        Assert.That(isReached, Is.EqualTo(isTaken));
        Assert.That(isTaken ? http.Request.HasJsonContentType() : Answers.Problem(http).GetProperty("status").GetInt32() == 415, Is.True);
    }

    [Test]
    public async Task Invoke_NoBodyIsRead_ItsTypeDoesNotMatter()
    {
        var (_, isReached) = await InvokeAsync(TakesNoBody, request => request.ContentType = "text/plain");

        Assert.That(isReached, Is.True);
    }

    [TestCase("order-42_a.b", true)]
    [TestCase("0123456789012345678901234567890123456789012345678901234567890123", true)]
    [TestCase("01234567890123456789012345678901234567890123456789012345678901234", false)]
    [TestCase("a b", false)]
    [TestCase("a\r\nX-Injected: 1", false)]
    [TestCase("a\tb", false)]
    [TestCase("é", false)]
    [TestCase("<script>", false)]
    [TestCase("a,b", false)]
    [TestCase("../x", false)]
    public async Task Invoke_CorrelationIdOfTheCaller_ComesBackOrIsRefused(string id, bool isTaken)
    {
        var (http, isReached) = await InvokeAsync(TakesNoBody, request => request.Headers["X-Correlation-Id"] = id);

        Assert.That(isReached, Is.EqualTo(isTaken));
        Assert.That(http.Response.Headers["X-Correlation-Id"].ToString(), Is.EqualTo(isTaken ? id : ""));
        Assert.That(isTaken ? http.CorrelationId() == id : http.Response.StatusCode == 400, Is.True);
    }

    [Test]
    public async Task Invoke_TwoCorrelationIds_AreRefused()
    {
        var (http, _) = await InvokeAsync(TakesNoBody, request => request.Headers["X-Correlation-Id"] = new[] { "one", "two" });

        Assert.That(http.Response.StatusCode, Is.EqualTo(400));
    }

    [Test]
    public async Task Invoke_NoCorrelationId_GetsOne()
    {
        var (http, _) = await InvokeAsync(TakesNoBody, request => request.HttpContext.TraceIdentifier = "trace");

        Assert.That(http.Response.Headers["X-Correlation-Id"].ToString(), Is.EqualTo(http.CorrelationId()).And.Not.Empty);
    }

    private static async Task<(HttpContext Http, bool IsReached)> InvokeAsync(string function, Action<HttpRequest> prepare)
    {
        var http = Answers.NewContext();
        var isReached = false;
        prepare(http.Request);
        await new RequestRulesMiddleware(new ApiCatalog()).Invoke(
            new BareFunctionContext(http, function),
            _ =>
            {
                isReached = true;
                return Task.CompletedTask;
            }
        );
        return (http, isReached);
    }

    private sealed class BodySize : IHttpMaxRequestBodySizeFeature
    {
        public bool IsReadOnly => false;

        public long? MaxRequestBodySize { get; set; } = 30_000_000;
    }
}
