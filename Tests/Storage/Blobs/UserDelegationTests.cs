using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using Azure;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Storage.Blobs;
using Marketline.Core.Naming;
using Marketline.Storage.Blobs;

namespace Marketline.Tests.Storage.Blobs;

/// <summary>Access with a token instead of the account's key, as in Azure: the emulator takes tokens over HTTPS.</summary>
public sealed class UserDelegationTests
{
    private X509Certificate2 _certificate = null!;
    private AzuriteProcess _azurite = null!;
    private RequestCounter _requests = null!;
    private BlobServiceClient _client = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _certificate = NewCertificate();
        _azurite = await AzuriteProcess.StartAsync(certificate: _certificate);
        _requests = new RequestCounter(_certificate);
        _client = new BlobServiceClient(_azurite.SecureBlobEndpoint, new UnsignedToken(), Options());
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        await _azurite.DisposeAsync();
        _requests.Dispose();
        _certificate.Dispose();
    }

    [Test]
    public async Task GrantAsync_TokenCredential_SignsWithADelegationKey()
    {
        var (tenant, other) = (TestStorage.NewTenant(), TestStorage.NewTenant());
        var containers = new BlobContainers(_client);
        await containers.EnsureCreatedAsync(other);
        using var access = new BlobContainerAccess(_client, containers, TimeProvider.System);

        var granted = await access.GrantAsync(tenant, TimeSpan.FromMinutes(15), CancellationToken.None);

        Assert.That(granted.SasUrl.Query, Does.Contain("skoid=").And.Contain("sp=rl").And.Contain("sr=c").And.Contain("spr=https"));
        await _client.GetBlobContainerClient(BlobNames.Container(tenant)).UploadBlobAsync("gold/a", BinaryData.FromString("content"));
        var container = new BlobContainerClient(granted.SasUrl, Options());
        Assert.That((await container.GetBlobClient("gold/a").DownloadContentAsync()).Value.Content.ToString(), Is.EqualTo("content"));
        Assert.That(await container.GetBlobsAsync().CountAsync(), Is.EqualTo(1));
        Assert.That(() => container.UploadBlobAsync("gold/b", BinaryData.FromString("x")), Refused);
        var theirs = new BlobUriBuilder(granted.SasUrl) { BlobContainerName = BlobNames.Container(other) }.ToUri();
        Assert.That(async () => await new BlobContainerClient(theirs, Options()).GetBlobsAsync().AnyAsync(), Refused);
    }

    [Test]
    public async Task GrantAsync_ItsTimeIsOver_OpensNothing()
    {
        var tenant = TestStorage.NewTenant();
        using var access = new BlobContainerAccess(_client, new BlobContainers(_client), new ManualTimeProvider(DateTimeOffset.UtcNow.AddMinutes(-20)));

        var granted = await access.GrantAsync(tenant, TimeSpan.FromMinutes(15), CancellationToken.None);

        Assert.That(async () => await new BlobContainerClient(granted.SasUrl, Options()).GetBlobsAsync().AnyAsync(), Refused);
    }

    [Test]
    public async Task GrantAsync_ManyTimes_RenewsTheKeyBeforeItsEndOnly()
    {
        var tenant = TestStorage.NewTenant();
        var time = new ManualTimeProvider(DateTimeOffset.UtcNow);
        var containers = new BlobContainers(_client);
        await containers.EnsureCreatedAsync(tenant);
        using var access = new BlobContainerAccess(_client, containers, time);
        Task<ContainerAccess> GrantAsync() => access.GrantAsync(tenant, BlobContainerAccess.MaxLifetime, CancellationToken.None);
        var before = _requests.KeyCount;

        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => GrantAsync()));
        time.Advance(TimeSpan.FromHours(2));
        await GrantAsync();
        Assert.That(_requests.KeyCount - before, Is.EqualTo(1));
        time.Advance(TimeSpan.FromHours(1));
        var last = await GrantAsync();

        Assert.That(_requests.KeyCount - before, Is.EqualTo(2));
        var keyEnd = DateTimeOffset.Parse(Uri.UnescapeDataString(last.SasUrl.Query.Split('&').Single(pair => pair.StartsWith("ske=", StringComparison.Ordinal))[4..]), null);
        Assert.That(keyEnd, Is.GreaterThan(last.ExpiresUtc));
    }

    private static NUnit.Framework.Constraints.Constraint Refused => Throws.TypeOf<RequestFailedException>().With.Property("Status").EqualTo(403);

    private BlobClientOptions Options() =>
        new(BlobClientOptions.ServiceVersion.V2021_12_02) { Transport = new HttpClientTransport(_requests) };

    private static X509Certificate2 NewCertificate()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
    }

    /// <summary>Trusts the emulator's certificate only, and counts the delegation keys that were asked for.</summary>
    private sealed class RequestCounter(X509Certificate2 certificate) : DelegatingHandler(Trusting(certificate))
    {
        private int _keyCount;

        public int KeyCount => _keyCount;

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (request.RequestUri!.Query.Contains("comp=userdelegationkey", StringComparison.Ordinal))
            {
                Interlocked.Increment(ref _keyCount);
            }

            return base.SendAsync(request, cancellationToken);
        }

        private static SocketsHttpHandler Trusting(X509Certificate2 certificate) =>
            new()
            {
                SslOptions = new SslClientAuthenticationOptions
                {
                    RemoteCertificateValidationCallback = (_, presented, _, _) => presented?.GetCertHashString() == certificate.GetCertHashString(),
                },
            };
    }

    /// <summary>A token as Entra ID issues them, but for the signature, which the emulator does not look at.</summary>
    private sealed class UnsignedToken : TokenCredential
    {
        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken)
        {
            var now = DateTimeOffset.UtcNow;
            var claims = new Dictionary<string, object>
            {
                ["aud"] = "https://storage.azure.com",
                ["iss"] = "https://sts.windows.net/ab1f708d-50f6-404c-a006-d71b2ac7a606/",
                ["iat"] = now.AddMinutes(-5).ToUnixTimeSeconds(),
                ["nbf"] = now.AddMinutes(-5).ToUnixTimeSeconds(),
                ["exp"] = now.AddHours(1).ToUnixTimeSeconds(),
                ["oid"] = "11059fcc-5514-4800-b5f8-49808b9cfab6",
                ["tid"] = "ab1f708d-50f6-404c-a006-d71b2ac7a606",
            };
            return new AccessToken($"{Part(new { alg = "RS256", typ = "JWT" })}.{Part(claims)}.c2lnbmF0dXJl", now.AddHours(1));
        }

        public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
            new(GetToken(requestContext, cancellationToken));

        private static string Part(object value) =>
            Convert.ToBase64String(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(value))).TrimEnd('=').Replace('+', '-').Replace('/', '_');
    }
}
