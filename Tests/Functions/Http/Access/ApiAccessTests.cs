using Azure.Data.Tables;
using Marketline.Core.Naming;
using Marketline.Core.Tenants;
using Marketline.Functions.Http.Access;
using Marketline.Storage.Tables;
using Marketline.Tests.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Marketline.Tests.Functions.Http.Access;

public sealed class ApiAccessTests
{
    private static readonly ApiKey OperatorKey = ApiKey.Create();
    private static readonly IOptions<AccessOptions> Settings = Options.Create(
        new AccessOptions
        {
            OperatorKey = OperatorKey.Reveal(),
            Pepper = Convert.ToBase64String([.. Enumerable.Range(1, 32).Select(i => (byte)i)]),
        }
    );

    private ServiceProvider _storage = null!;
    private TableApiKeyStore _keys = null!;
    private ManualTimeProvider _clock = null!;
    private ApiAccess _access = null!;
    private TenantId _tenant;

    [SetUp]
    public async Task SetUp()
    {
        _storage = await TestStorage.CreateAsync();
        _keys = _storage.GetRequiredService<TableApiKeyStore>();
        _clock = new ManualTimeProvider(new DateTimeOffset(2026, 11, 21, 0, 0, 0, TimeSpan.Zero));
        _access = new ApiAccess(_keys, Settings, _clock);
        _tenant = TestStorage.NewTenant();
    }

    [TearDown]
    public async Task TearDown()
    {
        _access.Dispose();
        await _storage.DisposeAsync();
    }

    [TestCase("Authorization", "Bearer ")]
    [TestCase("Authorization", "bearer  ")]
    [TestCase("X-Api-Key", "")]
    public async Task Identify_TenantsKey_IsTheTenant(string header, string prefix)
    {
        var key = await AddKeyAsync();

        var caller = await IdentifyAsync(header, prefix + key.Reveal());

        Assert.That(caller, Is.EqualTo(new Caller(_tenant)));
        Assert.That(caller!.IsOperator, Is.False);
    }

    [Test]
    public async Task Identify_OperatorsKey_IsTheOperator()
    {
        var caller = await IdentifyAsync(OperatorKey);

        Assert.That(caller!.IsOperator, Is.True);
    }

    [Test]
    public async Task Identify_RightIdWithAnotherSecret_IsNobody()
    {
        var key = await AddKeyAsync();

        var callers = new[]
        {
            await IdentifyAsync(key with { Secret = ApiKey.Create().Secret }),
            await IdentifyAsync(OperatorKey with { Secret = ApiKey.Create().Secret }),
            await IdentifyAsync(key with { Secret = OperatorKey.Secret }),
        };

        Assert.That(callers, Is.All.Null);
    }

    [Test]
    public async Task Identify_UnknownKey_IsNobody() => Assert.That(await IdentifyAsync(ApiKey.Create()), Is.Null);

    [TestCase(null)]
    [TestCase("")]
    [TestCase("Bearer")]
    [TestCase("Bearer mk_")]
    [TestCase("Basic bWs6bWs=")]
    public async Task Identify_NoKey_IsNobody(string? authorization) => Assert.That(await IdentifyAsync("Authorization", authorization), Is.Null);

    [Test]
    public async Task Identify_KeyOfAnotherInstallation_IsNobody()
    {
        var key = ApiKey.Create();
        await _keys.AddAsync(Stored(key) with { SecretHash = key.Hash([1, 2, 3]) }, CancellationToken.None);

        Assert.That(await IdentifyAsync(key), Is.Null);
    }

    [Test]
    public async Task Identify_RevokedKey_IsNobody()
    {
        var key = await AddKeyAsync();
        await RevokeAsync(key);

        Assert.That(await IdentifyAsync(key), Is.Null);
    }

    [Test]
    public async Task Identify_KeyIsRevokedAfterItWasUsed_WorksNoLongerThanThirtySeconds()
    {
        var key = await AddKeyAsync();
        await IdentifyAsync(key);
        await RevokeAsync(key);

        var atOnce = await IdentifyAsync(key);
        _clock.Advance(ApiAccess.CacheTime);
        var later = await IdentifyAsync(key);

        Assert.That((atOnce, later), Is.EqualTo((new Caller(_tenant), (Caller?)null)));
        Assert.That(ApiAccess.CacheTime, Is.LessThanOrEqualTo(TimeSpan.FromSeconds(30)));
    }

    [Test]
    public async Task Identify_KeyIsUsedAllTheTime_CacheDoesNotLastLonger()
    {
        var key = await AddKeyAsync();
        await IdentifyAsync(key);
        await RevokeAsync(key);

        for (var i = 0; i < 4; i++)
        {
            _clock.Advance(ApiAccess.CacheTime / 4);
            await IdentifyAsync(key);
        }

        Assert.That(await IdentifyAsync(key), Is.Null);
    }

    [Test]
    public async Task Identify_KeyIsMadeAfterItWasAskedFor_WorksWhenTheCacheEnds()
    {
        var key = ApiKey.Create();
        await IdentifyAsync(key);
        await _keys.AddAsync(Stored(key), CancellationToken.None);

        _clock.Advance(ApiAccess.CacheTime);

        Assert.That(await IdentifyAsync(key), Is.EqualTo(new Caller(_tenant)));
    }

    [Test]
    public async Task Identify_TablesAreAway_CachedKeyStillWorksAndAnUnknownOneIsNotRefused()
    {
        await using var azurite = await AzuriteProcess.StartAsync();
        var options = new TableClientOptions();
        options.Retry.MaxRetries = 0;
        var keys = new TableApiKeyStore(new TableProvider(new TableServiceClient(azurite.ConnectionString, options)));
        using var access = new ApiAccess(keys, Settings, _clock);
        var key = ApiKey.Create();
        await keys.AddAsync(access.Store(key, _tenant, AccessRole.Owner, "test"), CancellationToken.None);
        await access.IdentifyAsync(Request("X-Api-Key", key.Reveal()), CancellationToken.None);
        azurite.StopTables();

        var cached = await access.IdentifyAsync(Request("X-Api-Key", key.Reveal()), CancellationToken.None);

        Assert.That(cached, Is.EqualTo(new Caller(_tenant)));
        Assert.That(
            () => access.IdentifyAsync(Request("X-Api-Key", ApiKey.Create().Reveal()), CancellationToken.None),
            Throws.InstanceOf<Azure.RequestFailedException>()
        );
    }

    private async Task<ApiKey> AddKeyAsync()
    {
        var key = ApiKey.Create();
        await _keys.AddAsync(Stored(key), CancellationToken.None);
        return key;
    }

    private StoredApiKey Stored(ApiKey key) => _access.Store(key, _tenant, AccessRole.Owner, "test");

    private Task<StoredApiKey?> RevokeAsync(ApiKey key) =>
        _keys.UpdateAsync(key.Id, stored => stored with { RevokedUtc = DateTimeOffset.UnixEpoch }, CancellationToken.None);

    private Task<Caller?> IdentifyAsync(ApiKey key) => IdentifyAsync("X-Api-Key", key.Reveal());

    private Task<Caller?> IdentifyAsync(string header, string? value) => _access.IdentifyAsync(Request(header, value), CancellationToken.None);

    private static HttpRequest Request(string header, string? value)
    {
        var request = new DefaultHttpContext().Request;
        request.Headers[header] = value;
        return request;
    }
}
