using System.Net;
using System.Security.Cryptography;
using System.Text;
using Azure;
using Azure.Core;
using Azure.Data.Tables;

namespace Marketline.Tests.LocalHost.Packages.AzureDataTables;

public sealed class AuthenticationTests
{
    private const string Key = "c2VjcmV0LWtleQ==";

    [TestCase("UseDevelopmentStorage=true", "http://127.0.0.1:10002/devstoreaccount1", "devstoreaccount1")]
    [TestCase($"AccountName=acc;AccountKey={Key};EndpointSuffix=core.windows.net", "https://acc.table.core.windows.net/", "acc")]
    [TestCase(
        $"DefaultEndpointsProtocol=http;AccountName=acc;AccountKey={Key};EndpointSuffix=core.chinacloudapi.cn",
        "http://acc.table.core.chinacloudapi.cn/",
        "acc")]
    [TestCase($"accountname=acc;ACCOUNTKEY={Key};TableEndpoint=http://127.0.0.1:12/acc/;", "http://127.0.0.1:12/acc", "acc")]
    [TestCase(
        "TableEndpoint=https://acc.table.core.windows.net;SharedAccessSignature=sv=1&sig=a%2Bb",
        "https://acc.table.core.windows.net/",
        "acc")]
    public void ConnectionString_Valid_GivesEndpointAndAccount(string connectionString, string endpoint, string account)
    {
        var service = new TableServiceClient(connectionString);

        Assert.That((service.Uri.AbsoluteUri, service.AccountName), Is.EqualTo((endpoint, account)));
    }

    [TestCase("AccountName=acc")]
    [TestCase($"AccountName=acc;AccountKey={Key}")]
    [TestCase("TableEndpoint=https://acc.table.core.windows.net")]
    [TestCase("nonsense")]
    [TestCase("AccountName=acc;AccountKey=no-base64;EndpointSuffix=core.windows.net")]
    public void ConnectionString_Incomplete_IsAFormatError(string connectionString)
    {
        Assert.That(() => new TableServiceClient(connectionString), Throws.TypeOf<FormatException>());
    }

    [Test]
    public async Task SharedKey_PathStyleAddress_SignsDateAndEncodedPath()
    {
        var handler = new CannedHandler((HttpStatusCode.NoContent, ""));
        var credential = new TableSharedKeyCredential("acc", Key);
        var table = new TableClient(new Uri("http://127.0.0.1:12/acc"), "t", credential, handler.Options());

        await table.DeleteEntityAsync("it's", "a b");

        var (uri, authorization, date, _) = handler.Requests.Single();
        var signed = $"{date}\n/acc/acc/t(PartitionKey='it%27%27s',RowKey='a%20b')";
        Assert.Multiple(() =>
        {
            Assert.That(uri.AbsolutePath, Is.EqualTo("/acc/t(PartitionKey='it%27%27s',RowKey='a%20b')"));
            Assert.That(authorization, Is.EqualTo($"SharedKeyLite acc:{Hmac(Key, signed)}"));
        });
    }

    [Test]
    public async Task SharedKey_KeyRotated_NextRequestUsesTheNewKey()
    {
        var handler = new CannedHandler((HttpStatusCode.NoContent, ""));
        var credential = new TableSharedKeyCredential("acc", Key);
        var table = new TableClient(new Uri("http://127.0.0.1:12/acc"), "t", credential, handler.Options());

        credential.SetAccountKey("bmV3LWtleQ==");
        await table.DeleteEntityAsync("p", "r");

        var (_, authorization, date, _) = handler.Requests.Single();
        var signed = $"{date}\n/acc/acc/t(PartitionKey='p',RowKey='r')";
        Assert.That(authorization, Is.EqualTo($"SharedKeyLite acc:{Hmac("bmV3LWtleQ==", signed)}"));
    }

    [Test]
    public async Task SharedKey_WrongKey_Is403()
    {
        var options = new TableClientOptions();
        options.Retry.MaxRetries = 0;
        var endpoint = new TableServiceClient(await AzuriteFixture.ConnectionStringAsync()).Uri;
        var service = new TableServiceClient(endpoint, new TableSharedKeyCredential("devstoreaccount1", Key), options);

        Assert.That(() => service.CreateTableAsync("table"), Throws.TypeOf<RequestFailedException>().With.Property("Status").EqualTo(403));
    }

    [Test]
    public async Task Token_Https_IsAskedForStorageAndSent()
    {
        var handler = new CannedHandler((HttpStatusCode.NoContent, ""));
        var credential = new RecordingCredential();
        var service = new TableServiceClient(new Uri("https://acc.table.core.windows.net"), credential, handler.Options());

        await service.GetTableClient("t").DeleteEntityAsync("p", "r");

        Assert.Multiple(() =>
        {
            Assert.That(credential.Scopes, Is.EqualTo(new[] { "https://storage.azure.com/.default" }));
            Assert.That(handler.Requests.Single().Authorization, Is.EqualTo("Bearer secret-token"));
        });
    }

    [Test]
    public void Token_Http_IsRefused()
    {
        var handler = new CannedHandler((HttpStatusCode.NoContent, ""));
        var table = new TableClient(new Uri("http://127.0.0.1:12/acc"), "t", new RecordingCredential(), handler.Options());

        Assert.That(() => table.DeleteEntityAsync("p", "r"), Throws.InvalidOperationException);
        Assert.That(handler.Requests, Is.Empty);
    }

    [Test]
    public async Task Sas_Retried_StandsInTheQueryOnce()
    {
        var handler = new CannedHandler((HttpStatusCode.ServiceUnavailable, ""), (HttpStatusCode.OK, """{"value":[]}"""));
        var credential = new AzureSasCredential("?sv=1&sig=a%2Bb");
        var service = new TableServiceClient(new Uri("https://acc.table.core.windows.net"), credential, handler.Options());

        await service.QueryAsync("TableName eq 't'").ToListAsync();

        Assert.That(
            handler.Requests.Select(request => request.Uri.Query),
            Is.All.EqualTo("?$filter=TableName%20eq%20%27t%27&sv=1&sig=a%2Bb").And.Exactly(2).Items);
    }

    private static string Hmac(string key, string text) =>
        Convert.ToBase64String(HMACSHA256.HashData(Convert.FromBase64String(key), Encoding.UTF8.GetBytes(text)));

    private sealed class RecordingCredential : TokenCredential
    {
        public string[]? Scopes { get; private set; }

        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken)
        {
            Scopes = requestContext.Scopes;
            return new AccessToken("secret-token", DateTimeOffset.MaxValue);
        }

        public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
            new(GetToken(requestContext, cancellationToken));
    }
}
