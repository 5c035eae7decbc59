using System.Text.Json;
using Azure;
using Marketline.Analytics.Query;
using Marketline.Functions.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;

namespace Marketline.Tests.Functions.Http;

public sealed class ProblemMiddlewareTests
{
    [Test]
    public async Task Invoke_NoHttpRequest_PassesOn()
    {
        var isReached = false;

        await new ProblemMiddleware(NullLogger<ProblemMiddleware>.Instance).Invoke(
            new BareFunctionContext(),
            _ =>
            {
                isReached = true;
                return Task.CompletedTask;
            }
        );

        Assert.That(isReached, Is.True);
    }

    [Test]
    public async Task Invoke_EndpointFails_AnswersWithoutInternals()
    {
        var http = await InvokeAsync("/api/runs", _ => throw new InvalidOperationException("the secret is 42"));

        Assert.That(Answers.Problem(http).GetProperty("status").GetInt32(), Is.EqualTo(500));
        Assert.That(Answers.Problem(http).GetRawText(), Does.Not.Contain("42"));
    }

    [Test]
    public async Task Invoke_StorageTimesOut_SaysWhenToComeBack()
    {
        var http = await InvokeAsync("/api/runs", _ => throw new TaskCanceledException("no answer in time"));

        Assert.That(Answers.Problem(http).GetProperty("status").GetInt32(), Is.EqualTo(503));
        Assert.That(http.Response.Headers.RetryAfter.ToString(), Is.EqualTo("5"));
    }

    [Test]
    public async Task Invoke_QueryIsTooMuch_SaysWhatToAskForInstead()
    {
        var http = await InvokeAsync("/api/datasets/latest_offers/rows", _ => throw new QueryLimitException("The query takes longer than 20 seconds."));

        var problem = Answers.Problem(http);
        Assert.That(problem.GetProperty("status").GetInt32(), Is.EqualTo(422));
        Assert.That(problem.GetProperty("title").GetString(), Does.Contain("20 seconds"));
        Assert.That(problem.GetProperty("detail").GetString(), Does.Contain("filter").And.Contain("/api/container/access"));
    }

    [Test]
    public async Task Invoke_NoPlaceForAQuery_SaysWhenToComeBack()
    {
        var http = await InvokeAsync("/api/datasets/latest_offers/rows", _ => throw new QueryBusyException());

        Assert.That(Answers.Problem(http).GetProperty("status").GetInt32(), Is.EqualTo(503));
        Assert.That(http.Response.Headers.RetryAfter.ToString(), Is.EqualTo("5"));
    }

    [TestCase(0, 503)]
    [TestCase(429, 503)]
    [TestCase(500, 503)]
    [TestCase(403, 500)]
    public async Task Invoke_StorageRefuses_TellsWhatPassesFromWhatDoesNot(int status, int expected)
    {
        var failure = new AggregateException(new RequestFailedException(status, "no"), new RequestFailedException(status, "no"));

        var http = await InvokeAsync("/api/runs", _ => throw failure);

        Assert.That(Answers.Problem(http).GetProperty("status").GetInt32(), Is.EqualTo(expected));
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task Invoke_BodyIsNoJson_IsTheCallersFault(bool isWrapped)
    {
        Exception failure = new JsonException("bad", "$.kind", 2, 5);
        failure = isWrapped ? new AggregateException(failure) : failure;

        var http = await InvokeAsync("/api/runs", _ => throw failure);

        Assert.That(Answers.Problem(http).GetProperty("status").GetInt32(), Is.EqualTo(400));
        Assert.That(Answers.Problem(http).GetProperty("detail").GetString(), Does.Contain("$.kind, line 3"));
    }

    [Test]
    public void Invoke_CallerIsGone_AnswersNothing()
    {
        Assert.That(
            () => InvokeAsync("/api/health", http => throw new OperationCanceledException(http.RequestAborted), isAborted: true),
            Throws.InstanceOf<OperationCanceledException>()
        );
    }

    private async Task<HttpContext> InvokeAsync(string path, Action<HttpContext> endpoint, bool isAborted = false)
    {
        var http = Answers.NewContext(path);
        http.RequestAborted = new CancellationToken(isAborted);
        await new ProblemMiddleware(NullLogger<ProblemMiddleware>.Instance).Invoke(
            new BareFunctionContext(http),
            _ =>
            {
                endpoint(http);
                return Task.CompletedTask;
            }
        );
        return http;
    }
}
