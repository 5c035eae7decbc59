using System.Net;
using Azure;
using Azure.Data.Tables;
using Marketline.Tests.Storage;

namespace Marketline.Tests.LocalHost.Packages.AzureDataTables;

public sealed class FailureTests
{
    private const string Busy = """{"odata.error":{"code":"ServerBusy","message":{"lang":"en-US","value":"The server is busy."}}}""";

    [Test]
    public async Task Retry_BusyOnce_SendsTheSameBodyAgain()
    {
        var handler = new CannedHandler((HttpStatusCode.ServiceUnavailable, Busy), (HttpStatusCode.NoContent, ""));
        var table = new TableClient("UseDevelopmentStorage=true", "t", handler.Options());

        var response = await table.UpsertEntityAsync(new TableEntity("p", "r") { ["A"] = "ü" });

        Assert.Multiple(() =>
        {
            Assert.That(response.Status, Is.EqualTo(204));
            Assert.That(
                handler.Requests.Select(request => request.Body),
                Is.All.EqualTo("""{"PartitionKey":"p","RowKey":"r","A":"ü"}""").And.Exactly(2).Items);
        });
    }

    [Test]
    public void Retry_BusyForGood_GivesUpWithTheServicesError()
    {
        var handler = new CannedHandler((HttpStatusCode.ServiceUnavailable, Busy));
        var table = new TableClient("UseDevelopmentStorage=true", "t", handler.Options());

        Assert.That(
            () => table.GetEntityAsync<TableEntity>("p", "r"),
            Throws.TypeOf<RequestFailedException>()
                .With.Property("ErrorCode").EqualTo("ServerBusy").And.Message.Contains("The server is busy."));
        Assert.That(handler.Requests, Has.Count.EqualTo(4), "the default is three retries");
    }

    [Test]
    public void Error_NoJson_ShowsTheContent()
    {
        var handler = new CannedHandler((HttpStatusCode.BadRequest, "<html>proxy</html>"));
        var table = new TableClient("UseDevelopmentStorage=true", "t", handler.Options());

        Assert.That(
            () => table.GetEntityAsync<TableEntity>("p", "r"),
            Throws.TypeOf<RequestFailedException>().With.Property("Status").EqualTo(400).And.Message.Contains("<html>proxy</html>"));
    }

    [Test]
    public void Transaction_AnswerThatIsNoMultipart_IsAFailure()
    {
        var handler = new CannedHandler((HttpStatusCode.Accepted, "nothing of the kind"));
        var table = new TableClient("UseDevelopmentStorage=true", "t", handler.Options());

        Assert.That(
            () => table.SubmitTransactionAsync([new(TableTransactionActionType.Add, new TableEntity("p", "r"))]),
            Throws.TypeOf<RequestFailedException>());
    }

    [TestCase("\r\n")]
    [TestCase("\n")]
    public async Task Transaction_RefusedWithoutAnIndex_HasNone(string newLine)
    {
        string[] lines =
        [
            "--batchresponse_1", "Content-Type: multipart/mixed; boundary=\"changesetresponse_2\"", "", "--changesetresponse_2",
            "Content-Type: application/http", "", "HTTP/1.1 404 Not Found", "Content-Type: application/json", "",
            """{"odata.error":{"code":"ResourceNotFound","message":{"lang":"en-US","value":"The specified resource does not exist."}}}""",
            "--changesetresponse_2--", "--batchresponse_1--", "",
        ];
        var handler = new CannedHandler((HttpStatusCode.Accepted, string.Join(newLine, lines)));
        var table = new TableClient("UseDevelopmentStorage=true", "t", handler.Options());

        var failure = await Assert.ThrowsAsync<TableTransactionFailedException>(
            () => table.SubmitTransactionAsync([new(TableTransactionActionType.Add, new TableEntity("p", "r"))]));

        Assert.Multiple(() =>
        {
            Assert.That((failure!.Status, failure.ErrorCode), Is.EqualTo((404, "ResourceNotFound")));
            Assert.That(failure.FailedTransactionActionIndex, Is.Null);
        });
    }

    [Test]
    public void Unreachable_WithoutRetries_IsARequestFailure()
    {
        using var nobody = new TcpRelay(target: 0);

        Assert.That(
            () => Unreachable(nobody, retries: 0).DeleteEntityAsync("p", "r"),
            Throws.TypeOf<RequestFailedException>().With.Property("Status").Zero.And.Message.Contains("refused"));
    }

    [Test]
    public async Task Unreachable_WithRetries_GathersTheFailures()
    {
        using var nobody = new TcpRelay(target: 0);

        var failure = await Assert.ThrowsAsync<AggregateException>(() => Unreachable(nobody, retries: 2).DeleteEntityAsync("p", "r"));

        Assert.That(failure!.InnerExceptions, Is.All.TypeOf<RequestFailedException>().And.Exactly(3).Items);
    }

    private static TableClient Unreachable(TcpRelay nobody, int retries)
    {
        var options = new TableClientOptions();
        options.Retry.MaxRetries = retries;
        options.Retry.Delay = TimeSpan.Zero;
        var endpoint = new Uri($"http://127.0.0.1:{nobody.Port}/acc");
        return new TableClient(endpoint, "table", new TableSharedKeyCredential("acc", "AAAA"), options);
    }
}
