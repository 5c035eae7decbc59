using Azure.Data.Tables;
using Marketline.Core.Faults;
using Marketline.Core.Naming;
using Marketline.Core.Tenants;
using Marketline.Functions.Http.Access;
using Marketline.Storage.Blobs;
using Marketline.Storage.Tables;
using Marketline.Tests.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Marketline.Tests.Functions.Http.Access;

public sealed class ApiAccessTests
{
    private static readonly IOptions<AccessOptions> Settings = Options.Create(
        new AccessOptions
        {
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
        _access = NewAccess(_keys, _storage.GetRequiredService<BlobFirstKeyStore>());
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

        Assert.That(caller, Is.EqualTo(new Caller(AccessRole.Owner, _tenant, key.Id)));
    }

    [TestCase(AccessRole.Reader)]
    [TestCase(AccessRole.Owner)]
    public async Task Identify_Key_HasItsRole(AccessRole role)
    {
        var key = ApiKey.Create();
        await _keys.AddAsync(Stored(key) with { Role = role }, CancellationToken.None);

        Assert.That((await IdentifyAsync(key))!.Role, Is.EqualTo(role));
    }

    [Test]
    public async Task Identify_KeyExpires_IsNobodyAndTheHolderLearnsWhy()
    {
        var key = ApiKey.Create();
        await _keys.AddAsync(Stored(key) with { ExpiresUtc = _clock.GetUtcNow().AddMinutes(1) }, CancellationToken.None);
        var before = await IdentifyAsync(key);
        _clock.Advance(TimeSpan.FromMinutes(1));

        var holder = await _access.IdentifyAsync(Request("X-Api-Key", key.Reveal()), CancellationToken.None);
        var guesser = await _access.IdentifyAsync(Request("X-Api-Key", (key with { Secret = ApiKey.Create().Secret }).Reveal()), CancellationToken.None);

        Assert.That(before, Is.Not.Null);
        Assert.That((holder.Caller, holder.WhatToDo), Is.EqualTo(((Caller?)null, "The key has expired: have it rotated.")));
        Assert.That(guesser.WhatToDo, Does.Not.Contain("expired"));
    }

    [Test]
    public async Task Identify_Key_UseIsNotedToTheMinute()
    {
        var key = await AddKeyAsync();
        var firstUtc = _clock.GetUtcNow();
        await IdentifyAsync(key);
        _clock.Advance(TimeSpan.FromSeconds(30));
        await IdentifyAsync(key);
        var soon = (await _keys.FindAsync(key.Id, CancellationToken.None))!.LastUsedUtc;
        _clock.Advance(TimeSpan.FromSeconds(31));
        await IdentifyAsync(key);

        var later = (await _keys.FindAsync(key.Id, CancellationToken.None))!.LastUsedUtc;
        Assert.That((soon, later), Is.EqualTo(((DateTimeOffset?)firstUtc, (DateTimeOffset?)_clock.GetUtcNow())));
    }

    [Test]
    public async Task Identify_RightIdWithAnotherSecret_IsNobody()
    {
        var key = await AddKeyAsync();

        var callers = new[]
        {
            await IdentifyAsync(key with { Secret = ApiKey.Create().Secret }),
            await IdentifyAsync(key with { Secret = new string('0', key.Secret.Length) }),
            await IdentifyAsync(key with { Secret = (await AddKeyAsync()).Secret }),
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

        Assert.That((atOnce, later), Is.EqualTo((new Caller(AccessRole.Owner, _tenant, key.Id), (Caller?)null)));
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

        Assert.That(await IdentifyAsync(key), Is.EqualTo(new Caller(AccessRole.Owner, _tenant, key.Id)));
    }

    [Test]
    public async Task Identify_TablesAreAway_CachedKeyStillWorksAndAnUnknownOneIsNotRefused()
    {
        await using var azurite = await AzuriteProcess.StartAsync();
        var options = new TableClientOptions();
        options.Retry.MaxRetries = 0;
        var keys = new TableApiKeyStore(new TableProvider(new TableServiceClient(azurite.ConnectionString, options)));
        using var access = NewAccess(keys, _storage.GetRequiredService<BlobFirstKeyStore>());
        var key = ApiKey.Create();
        await keys.AddAsync(access.Store(key, _tenant, AccessRole.Owner, "test"), CancellationToken.None);
        await access.IdentifyAsync(Request("X-Api-Key", key.Reveal()), CancellationToken.None);
        azurite.StopTables();

        var cached = await access.IdentifyAsync(Request("X-Api-Key", key.Reveal()), CancellationToken.None);

        Assert.That(cached.Caller, Is.EqualTo(new Caller(AccessRole.Owner, _tenant, key.Id)));
        Assert.That(
            () => access.IdentifyAsync(Request("X-Api-Key", ApiKey.Create().Reveal()), CancellationToken.None),
            Throws.InstanceOf<Azure.RequestFailedException>()
        );
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task Identify_TwoDifferentKeys_IsNobody(bool isForeign)
    {
        var (one, two) = (await AddKeyAsync(), await AddKeyAsync());
        if (isForeign)
        {
            await _keys.UpdateAsync(two.Id, key => key with { TenantId = TestStorage.NewTenant() }, CancellationToken.None);
        }

        foreach (var (authorization, apiKey) in new[] { (new[] { Bearer(one) }, new[] { two.Reveal() }), ([Bearer(two)], [one.Reveal()]), ([Bearer(one), Bearer(two)], []), ([], [one.Reveal(), two.Reveal()]), ([Bearer(one)], ["nonsense"]), (["Bearer nonsense"], [one.Reveal()]) })
        {
            var request = new DefaultHttpContext().Request;
            request.Headers.Authorization = authorization;
            request.Headers["X-Api-Key"] = apiKey;

            Assert.That((await _access.IdentifyAsync(request, CancellationToken.None)).Caller, Is.Null);
        }
    }

    [Test]
    public async Task Identify_SameKeyInBothHeaders_IsItsHolder()
    {
        var key = await AddKeyAsync();
        var request = Request("X-Api-Key", key.Reveal());
        request.Headers.Authorization = Bearer(key);

        Assert.That((await _access.IdentifyAsync(request, CancellationToken.None)).Caller?.TenantId, Is.EqualTo(_tenant));
    }

    [Test]
    public async Task Identify_IssuerOfTokensIsAway_KeysGoOn()
    {
        var issuer = await LocalIssuer.StartAsync();
        var options = Options.Create(issuer.Options());
        options.Value.Pepper = Settings.Value.Pepper;
        await issuer.DisposeAsync();
        using var access = new ApiAccess(_keys, _storage.GetRequiredService<BlobFirstKeyStore>(), new TokenAccess(options), options, _clock, NullLogger<ApiAccess>.Instance);
        var key = await AddKeyAsync();

        var found = await access.IdentifyAsync(Request("X-Api-Key", key.Reveal()), CancellationToken.None);

        Assert.That(found.Caller?.TenantId, Is.EqualTo(_tenant));
        Assert.That(() => access.IdentifyAsync(Request("Authorization", $"Bearer {issuer.Token("acme")}"), CancellationToken.None), Throws.TypeOf<TransientStepException>());
    }

    private static string Bearer(ApiKey key) => $"Bearer {key.Reveal()}";

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

    private async Task<Caller?> IdentifyAsync(string header, string? value) =>
        (await _access.IdentifyAsync(Request(header, value), CancellationToken.None)).Caller;

    private ApiAccess NewAccess(TableApiKeyStore keys, BlobFirstKeyStore firstKey) =>
        new(keys, firstKey, new TokenAccess(Settings), Settings, _clock, NullLogger<ApiAccess>.Instance);

    private static HttpRequest Request(string header, string? value)
    {
        var request = new DefaultHttpContext().Request;
        request.Headers[header] = value;
        return request;
    }
}
