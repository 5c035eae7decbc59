using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Marketline.Core.Naming;
using Marketline.Core.Tenants;
using Marketline.Functions.Http.Access;
using Marketline.Storage.Blobs;
using Marketline.Storage.Tables;
using Marketline.Tests.Storage;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Marketline.Tests.Functions.Http.Access;

/// <summary>On an emulator of its own: an installation has no admin key only once.</summary>
public sealed class FirstAdminKeyTests
{
    private static readonly IOptions<AccessOptions> Settings = Options.Create(new AccessOptions { Pepper = Convert.ToBase64String(new byte[32]) });

    private AzuriteProcess _azurite = null!;
    private Worker _worker = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => _azurite = await AzuriteProcess.StartAsync();

    [OneTimeTearDown]
    public async Task StopAsync() => await _azurite.DisposeAsync();

    [SetUp]
    public async Task SetUp()
    {
        _worker = new Worker(_azurite.ConnectionString);
        await new TableServiceClient(_azurite.ConnectionString).DeleteTableAsync(TableNames.ApiKeys);
        await SystemContainer.DeleteBlobIfExistsAsync(BlobNames.FirstAdminKey);
    }

    [TearDown]
    public void TearDown() => _worker.Dispose();

    [Test]
    public async Task Ensure_NoKey_MakesOneThatWorksAndLiesThereUntilItIsUsed()
    {
        await _worker.FirstKey.EnsureAsync(default);
        var key = (await _worker.Handover.FindAsync(default))!;

        var caller = await _worker.IdentifyAsync(key);

        Assert.That(caller, Is.EqualTo(new Caller(AccessRole.Admin, null, key.Id)));
        Assert.That(await _worker.Handover.FindAsync(default), Is.Null);
    }

    [Test]
    public async Task Ensure_ManyWorkersAtOnce_MakeOne()
    {
        var workers = Enumerable.Range(0, 6).Select(_ => new Worker(_azurite.ConnectionString)).ToList();

        await Task.WhenAll(workers.Select(worker => Task.Run(() => worker.FirstKey.EnsureAsync(default))));

        var key = (await _worker.Handover.FindAsync(default))!;
        Assert.That(await _worker.IdsAsync(), Is.EqualTo(new[] { key.Id }));
        Assert.That(await _worker.IdentifyAsync(key), Is.Not.Null);
        workers.ForEach(worker => worker.Dispose());
    }

    [Test]
    public async Task Ensure_WorkerStoppedAfterTheBlob_ItsKeyIsTaken()
    {
        var offered = (await _worker.Handover.OfferAsync(ApiKey.Create(), default))!;

        await _worker.FirstKey.EnsureAsync(default);

        Assert.That((await _worker.IdentifyAsync(offered))?.Role, Is.EqualTo(AccessRole.Admin));
        Assert.That(await _worker.IdsAsync(), Is.EqualTo(new[] { offered.Id }));
    }

    [Test]
    public async Task Ensure_WorkerStoppedBetweenTheTwoRows_ItsKeyIsTaken()
    {
        var offered = (await _worker.Handover.OfferAsync(ApiKey.Create(), default))!;
        await new TableServiceClient(_azurite.ConnectionString).CreateTableIfNotExistsAsync(TableNames.ApiKeys);
        var table = new TableServiceClient(_azurite.ConnectionString).GetTableClient(TableNames.ApiKeys);
        await table.AddEntityAsync(new TableEntity(TableKeys.ApiKeyList(null), offered.Id));

        await _worker.FirstKey.EnsureAsync(default);

        Assert.That(await _worker.IdentifyAsync(offered), Is.Not.Null);
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task Ensure_ThereIsAKey_MakesNone(bool isRevoked)
    {
        var key = ApiKey.Create();
        var stored = _worker.Access.Store(key, null, AccessRole.Admin, "own") with { RevokedUtc = isRevoked ? DateTimeOffset.UnixEpoch : null };
        await _worker.Keys.AddAsync(stored, default);

        await _worker.FirstKey.EnsureAsync(default);

        Assert.That(await _worker.Handover.FindAsync(default), Is.Null);
        Assert.That(await _worker.IdsAsync(), Is.EqualTo(new[] { key.Id }));
    }

    [Test]
    public async Task Ensure_OnlyTenantsHaveKeys_MakesOne()
    {
        await _worker.Keys.AddAsync(_worker.Access.Store(ApiKey.Create(), TestStorage.NewTenant(), AccessRole.Owner, "x"), default);

        await _worker.FirstKey.EnsureAsync(default);

        Assert.That(await _worker.IdsAsync(), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Identify_AnotherAdminKey_TheFirstOneStaysThere()
    {
        await _worker.FirstKey.EnsureAsync(default);
        var other = ApiKey.Create();
        await _worker.Keys.AddAsync(_worker.Access.Store(other, null, AccessRole.Admin, "other"), default);

        await _worker.IdentifyAsync(other);

        Assert.That(await _worker.Handover.FindAsync(default), Is.Not.Null);
    }

    /// <summary>A slow worker comes to the blob when another one's key was made, used and taken away.</summary>
    [Test]
    public async Task Ensure_AnothersKeyIsInUseMeanwhile_MakesNoSecondOne()
    {
        ApiKey? first = null;
        using var slow = new Worker(
            _azurite.ConnectionString,
            async request =>
            {
                if (request.Method == HttpMethod.Put && request.RequestUri!.AbsolutePath.EndsWith(BlobNames.FirstAdminKey, StringComparison.Ordinal))
                {
                    await _worker.FirstKey.EnsureAsync(default);
                    first = (await _worker.Handover.FindAsync(default))!;
                    await _worker.IdentifyAsync(first);
                }

                return null;
            }
        );

        await slow.FirstKey.EnsureAsync(default);

        Assert.That(await _worker.IdsAsync(), Is.EqualTo(new[] { first!.Id }));
        Assert.That(await _worker.Handover.FindAsync(default), Is.Null);
    }

    [Test]
    public async Task Ensure_AnothersKeyIsTakenWhileItIsRead_EndsWell()
    {
        await _worker.FirstKey.EnsureAsync(default);
        var first = (await _worker.Handover.FindAsync(default))!;
        await new TableServiceClient(_azurite.ConnectionString).DeleteTableAsync(TableNames.ApiKeys);
        using var other = new Worker(_azurite.ConnectionString);
        using var slow = new Worker(
            _azurite.ConnectionString,
            async request =>
            {
                if (request.Method == HttpMethod.Get && request.RequestUri!.AbsolutePath.EndsWith(BlobNames.FirstAdminKey, StringComparison.Ordinal))
                {
                    await other.Handover.RemoveAsync(first.Id, default);
                }

                return null;
            }
        );

        await slow.FirstKey.EnsureAsync(default);

        Assert.That(await other.IdsAsync(), Is.Empty);
    }

    [Test]
    public async Task Add_KeyWasRevokedMeanwhile_StaysRevoked()
    {
        var stored = _worker.Access.Store(ApiKey.Create(), null, AccessRole.Admin, "first admin key");
        await _worker.Keys.AddAsync(stored, default);
        await _worker.Keys.UpdateAsync(stored.Id, key => key with { RevokedUtc = DateTimeOffset.UnixEpoch }, default);

        await _worker.Keys.AddAsync(stored, default);

        Assert.That((await _worker.Keys.FindAsync(stored.Id, default))!.RevokedUtc, Is.EqualTo(DateTimeOffset.UnixEpoch));
    }

    [Test]
    public async Task Ensure_BlobHoldsSomethingElse_SaysWhatToDo()
    {
        await _worker.Handover.OfferAsync(ApiKey.Create(), default);
        await SystemContainer.GetBlobClient(BlobNames.FirstAdminKey).UploadAsync(BinaryData.FromString("nonsense"), overwrite: true);

        Assert.That(() => _worker.FirstKey.EnsureAsync(default), Throws.TypeOf<InvalidDataException>().With.Message.Contains("delete it"));
    }

    private BlobContainerClient SystemContainer
    {
        get
        {
            var container = new BlobServiceClient(_azurite.ConnectionString, new BlobClientOptions(Worker.Version)).GetBlobContainerClient(BlobNames.SystemContainer);
            container.CreateIfNotExists();
            return container;
        }
    }

    /// <summary>What one worker has of the access to keys.</summary>
    private sealed class Worker : IDisposable
    {
        public const BlobClientOptions.ServiceVersion Version = BlobClientOptions.ServiceVersion.V2021_12_02;

        /// <param name="onBlobs">Called before each request for blobs.</param>
        public Worker(string connectionString, Func<HttpRequestMessage, Task<HttpResponseMessage?>>? onBlobs = null)
        {
            var options = new BlobClientOptions(Version);
            if (onBlobs is not null)
            {
                options.Transport = new StorageFaults(onBlobs).Transport;
            }

            Keys = new TableApiKeyStore(new TableProvider(new TableServiceClient(connectionString)));
            Handover = new BlobFirstKeyStore(new BlobContainers(new BlobServiceClient(connectionString, options)));
            Access = new ApiAccess(Keys, Handover, new TokenAccess(Settings), Settings, TimeProvider.System, NullLogger<ApiAccess>.Instance);
            FirstKey = new FirstAdminKey(Keys, Handover, Access, NullLogger<FirstAdminKey>.Instance);
        }

        public TableApiKeyStore Keys { get; }

        public BlobFirstKeyStore Handover { get; }

        public ApiAccess Access { get; }

        public FirstAdminKey FirstKey { get; }

        public async Task<Caller?> IdentifyAsync(ApiKey key)
        {
            var http = Answers.NewContext();
            http.Request.Headers["X-Api-Key"] = key.Reveal();
            return (await Access.IdentifyAsync(http.Request, default)).Caller;
        }

        public async Task<List<string>> IdsAsync()
        {
            var ids = new List<string>();
            await foreach (var key in Keys.ListAsync(null, default))
            {
                ids.Add(key.Id);
            }

            return ids;
        }

        public void Dispose() => Access.Dispose();
    }
}
