using System.Net;
using System.Text.Json;
using Azure.Data.Tables;
using Marketline.Core.Naming;
using Marketline.Tests.Functions.Http.Hosted;
using Marketline.Tests.Storage;
using Microsoft.AspNetCore.Http;

namespace Marketline.Tests.Functions.Http.Idempotency;

public sealed class IdempotencyMiddlewareTests
{
    private const string Key = "8e03978e-40d5-43e8-bc93-6894a57f9324";

    private HttpPipeline _app = null!;

    [SetUp]
    public async Task StartApp() => _app = await HttpPipeline.StartAsync(await AzuriteFixture.ConnectionStringAsync());

    [TearDown]
    public async Task StopApp() => await _app.DisposeAsync();

    [TestCase(200)]
    [TestCase(202)]
    [TestCase(400)]
    [TestCase(409)]
    public async Task Invoke_SameRequestAgain_GetsTheFirstAnswerAgain(int status)
    {
        _app.Script.Action = request =>
        {
            request.HttpContext.Response.Headers.Location = $"/api/things/{_app.Script.Count}";
            return Task.FromResult(Results.Json(new { text = "“ü”" }, contentType: "application/problem+json", statusCode: status));
        };

        using var first = await PostAsync();
        using var again = await PostAsync();

        Assert.That(_app.Script.Count, Is.EqualTo(1));
        Assert.That((int)again.StatusCode, Is.EqualTo(status));
        Assert.That(await again.Content.ReadAsStringAsync(), Is.EqualTo(await first.Content.ReadAsStringAsync()));
        Assert.That((again.Headers.Location, again.Content.Headers.ContentType), Is.EqualTo((first.Headers.Location, first.Content.Headers.ContentType)));
        Assert.That((first.Headers.Contains("Idempotent-Replayed"), again.Headers.Contains("Idempotent-Replayed")), Is.EqualTo((false, true)));
    }

    [Test]
    public async Task Invoke_AnswerWithoutBody_IsGivenAgain()
    {
        using var first = await PostAsync();
        using var again = await PostAsync();

        Assert.That((_app.Script.Count, again.StatusCode), Is.EqualTo((1, HttpStatusCode.NoContent)));
    }

    [TestCase("work", "{\"a\":2}")]
    [TestCase("work?x=1", "{}")]
    public async Task Invoke_OtherRequestUnderTheKey_IsRefused(string path, string body)
    {
        using var first = await PostAsync();

        using var other = await PostAsync(path, body: body);

        Assert.That((other.StatusCode, _app.Script.Count), Is.EqualTo((HttpStatusCode.UnprocessableEntity, 1)));
        await AssertProblemAsync(other);
    }

    [Test]
    public async Task Invoke_OtherResourceUnderTheKey_IsRefused()
    {
        using var first = await PostAsync("owner/one");

        using var other = await PostAsync("owner/two");

        Assert.That((other.StatusCode, _app.Script.Count), Is.EqualTo((HttpStatusCode.UnprocessableEntity, 1)));
    }

    [Test]
    public async Task Invoke_ManyAtOnce_OneIsDoneAndTheOthersWaitOrGetItsAnswer()
    {
        var go = new TaskCompletionSource();
        _app.Script.Action = async _ =>
        {
            await go.Task;
            return Results.Text("done");
        };

        var requests = Enumerable.Range(0, 8).Select(_ => PostAsync()).ToList();
        var refused = await Task.WhenAny(requests);
        go.SetResult();
        var answers = await Task.WhenAll(requests);

        Assert.That(_app.Script.Count, Is.EqualTo(1));
        Assert.That((await refused).StatusCode, Is.EqualTo(HttpStatusCode.Conflict));
        Assert.That(answers.Select(answer => answer.StatusCode).Distinct(), Is.SubsetOf(new[] { HttpStatusCode.OK, HttpStatusCode.Conflict }));
        using var later = await PostAsync();
        Assert.That(await later.Content.ReadAsStringAsync(), Is.EqualTo("done"));
        Array.ForEach(answers, answer => answer.Dispose());
    }

    [Test]
    public async Task Invoke_AnswerHoldsASecret_IsNeitherKeptNorDoneAgain()
    {
        const string Secret = "0123456789abcdefsecret";
        _app.Script.Action = request =>
        {
            request.HttpContext.Response.Headers.CacheControl = "no-store";
            return Task.FromResult(Results.Json(new { apiKey = Secret }, statusCode: 201));
        };

        using var first = await PostAsync();
        using var again = await PostAsync();

        Assert.That(await first.Content.ReadAsStringAsync(), Does.Contain(Secret));
        Assert.That((again.StatusCode, _app.Script.Count), Is.EqualTo((HttpStatusCode.Conflict, 1)));
        await AssertProblemAsync(again);
        Assert.That(await RowsAsync(), Has.Count.EqualTo(1).And.All.Not.Contains(Secret).And.All.Not.Contains(Key));
    }

    [Test]
    public async Task Invoke_AnswerIsTooLongToKeep_ComesAllTheSame()
    {
        var body = new string('"', 29_000);
        _app.Script.Action = _ => Task.FromResult(Results.Text(body));

        using var first = await PostAsync();
        using var again = await PostAsync();

        Assert.That((first.StatusCode, await first.Content.ReadAsStringAsync()), Is.EqualTo((HttpStatusCode.OK, body)));
        Assert.That((again.StatusCode, _app.Script.Count), Is.EqualTo((HttpStatusCode.Conflict, 1)));
    }

    [Test]
    public async Task Invoke_WeFailed_IsTriedAgain()
    {
        _app.Script.AnswerWithNumbers(503);
        using var first = await PostAsync();
        _app.Script.Action = _ => throw new InvalidOperationException("broken");
        using var second = await PostAsync();
        _app.Script.AnswerWithNumbers();
        using var third = await PostAsync();

        Assert.That((first.StatusCode, second.StatusCode, third.StatusCode), Is.EqualTo((HttpStatusCode.ServiceUnavailable, HttpStatusCode.InternalServerError, HttpStatusCode.Created)));
        Assert.That(_app.Script.Count, Is.EqualTo(3));
    }

    [Test]
    public async Task Invoke_OtherTenantUnderTheKey_IsAnotherRequest()
    {
        _app.Script.AnswerWithNumbers();
        var (_, other) = await _app.AddTenantAsync();

        using var first = await PostAsync();
        using var second = await _app.SendAsync(HttpMethod.Post, "work", other, Key);

        Assert.That((await first.Content.ReadAsStringAsync(), await second.Content.ReadAsStringAsync()), Is.EqualTo(("{\"number\":1}", "{\"number\":2}")));
    }

    [Test]
    public async Task Invoke_OtherEndpointUnderTheKey_IsAnotherRequest()
    {
        using var first = await PostAsync();
        using var second = await PostAsync("owner/x");

        Assert.That(_app.Script.Count, Is.EqualTo(2));
    }

    [TestCase("")]
    [TestCase("a b")]
    [TestCase("129")]
    public async Task Invoke_KeyCanNotBeUsed_IsRefused(string key)
    {
        using var answer = await PostAsync(key: key == "129" ? new string('k', 129) : key);

        Assert.That((answer.StatusCode, _app.Script.Count), Is.EqualTo((HttpStatusCode.BadRequest, 0)));
        await AssertProblemAsync(answer);
    }

    [Test]
    public async Task Invoke_NoKeyOrNoPost_IsDoneEachTime()
    {
        await PostAsync(key: null);
        await PostAsync(key: null);
        await _app.SendAsync(HttpMethod.Get, "read", _app.Owner, Key);
        await _app.SendAsync(HttpMethod.Get, "read", _app.Owner, Key);

        Assert.That(_app.Script.Count, Is.EqualTo(4));
        Assert.That(await RowsAsync(), Is.Empty);
    }

    [Test]
    public async Task Invoke_TablesGoAwayWhileItIsDone_AnswerComesAllTheSame()
    {
        await using var azurite = await AzuriteProcess.StartAsync();
        await using var app = await HttpPipeline.StartAsync(azurite.ConnectionString);
        app.Script.Action = _ =>
        {
            azurite.StopTables();
            return Task.FromResult(Results.Text("done"));
        };

        using var answer = await app.SendAsync(HttpMethod.Post, "work", app.Owner, Key);

        Assert.That((answer.StatusCode, await answer.Content.ReadAsStringAsync()), Is.EqualTo((HttpStatusCode.OK, "done")));
    }

    private Task<HttpResponseMessage> PostAsync(string path = "work", string? key = Key, string body = "{}") =>
        _app.SendAsync(HttpMethod.Post, path, _app.Owner, key, body);

    private static async Task AssertProblemAsync(HttpResponseMessage answer)
    {
        var problem = JsonSerializer.Deserialize<JsonElement>(await answer.Content.ReadAsStringAsync());
        Assert.That(answer.Content.Headers.ContentType?.MediaType, Is.EqualTo("application/problem+json"));
        Assert.That(problem.GetProperty("detail").GetString(), Is.Not.Empty);
    }

    /// <summary>All that is kept of the tenant's requests.</summary>
    private async Task<List<string>> RowsAsync()
    {
        var table = _app.Service<TableServiceClient>().GetTableClient(TableNames.Idempotency(DateOnly.FromDateTime(DateTime.UtcNow)));
        await table.CreateIfNotExistsAsync();
        var rows = new List<string>();
        await foreach (var row in table.QueryAsync<TableEntity>(TableClient.CreateQueryFilter($"PartitionKey eq {_app.Tenant.Value}")))
        {
            rows.Add(string.Join('|', row.Select(column => $"{column.Key}={column.Value}")));
        }

        return rows;
    }
}
