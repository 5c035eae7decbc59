using System.Text.Json;
using Marketline.Core.Naming;
using Marketline.Core.Tenants;
using Marketline.Functions.Http.Access;
using Marketline.Functions.Http.Keys;
using Marketline.Storage.Blobs;
using Marketline.Storage.Tables;
using Marketline.Tests.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Marketline.Tests.Functions.Http.Keys;

public sealed class KeyDeskTests
{
    private static readonly TimeSpan Overlap = TimeSpan.FromMinutes(1);

    private ManualTimeProvider _clock = null!;
    private ServiceProvider _storage = null!;
    private TableApiKeyStore _keys = null!;
    private ApiAccess _access = null!;
    private KeyDesk _desk = null!;
    private TenantId _tenant;
    private TenantId _other;

    [SetUp]
    public async Task SetUp()
    {
        _clock = new ManualTimeProvider(new DateTimeOffset(2026, 11, 21, 0, 0, 0, TimeSpan.Zero));
        _storage = await TestStorage.CreateAsync(_clock);
        _keys = _storage.GetRequiredService<TableApiKeyStore>();
        var options = Options.Create(new AccessOptions { Pepper = Convert.ToBase64String(new byte[32]) });
        _access = new ApiAccess(_keys, _storage.GetRequiredService<BlobFirstKeyStore>(), new TokenAccess(options), options, _clock, NullLogger<ApiAccess>.Instance);
        _desk = new KeyDesk(_keys, _access, _clock);
        (_tenant, _other) = (TestStorage.NewTenant(), TestStorage.NewTenant());
    }

    [TearDown]
    public async Task TearDown()
    {
        _access.Dispose();
        await _storage.DisposeAsync();
    }

    [Test]
    public async Task Create_Key_IsShownOnceAndStoredWithoutItsSecret()
    {
        var (status, created) = await CreateAsync(_tenant, new NewKey("shop floor", AccessRole.Reader, _clock.GetUtcNow().AddDays(1)));

        var key = created.GetProperty("apiKey").GetString()!;
        var (_, list) = await AnswerAsync(request => _desk.ListAsync(request, _tenant, default));
        var stored = await _keys.FindAsync(created.GetProperty("key").GetProperty("keyId").GetString()!, default);
        Assert.That(status, Is.EqualTo(201));
        Assert.That(await IdentifyAsync(key), Is.EqualTo(new Caller(AccessRole.Reader, _tenant, stored!.Id)));
        Assert.That(list.GetRawText(), Does.Contain(stored.Id).And.Not.Contain(key.Split('_')[2]));
        Assert.That(JsonSerializer.Serialize(stored), Does.Not.Contain(key.Split('_')[2]));
    }

    [TestCase(null, "Owner", null, "name")]
    [TestCase("  ", "Owner", null, "name")]
    [TestCase("x", null, null, "role")]
    [TestCase("x", "Admin", null, "role")]
    [TestCase("x", "Owner", 0, "expiresUtc")]
    [TestCase("x", "Owner", -1, "expiresUtc")]
    public async Task Create_KeyOfATenantIsNotAsExpected_SaysWhichField(string? name, string? role, int? expiresIn, string field)
    {
        var wanted = new NewKey(name, role is null ? null : Enum.Parse<AccessRole>(role), expiresIn is { } seconds ? _clock.GetUtcNow().AddSeconds(seconds) : null);

        var (status, problem) = await CreateAsync(_tenant, wanted);

        Assert.That(status, Is.EqualTo(400));
        Assert.That(problem.GetProperty("errors").EnumerateObject().Select(error => error.Name), Is.EqualTo(new[] { field }));
        Assert.That(await ListAsync(_tenant), Is.Empty);
    }

    [Test]
    public async Task Create_NothingIsAskedFor_SaysWhatIsMissing()
    {
        var (status, problem) = await CreateAsync(_tenant, null);

        Assert.That((status, problem.GetProperty("errors").EnumerateObject().Count()), Is.EqualTo((400, 2)));
    }

    [Test]
    public async Task Create_HundredValidKeys_NoMoreUntilOneIsRevoked()
    {
        var nowUtc = _clock.GetUtcNow();
        var keys = Enumerable.Range(0, KeyDesk.MaxKeyCount + 2).Select(_ => ApiKey.Create()).ToList();
        await Task.WhenAll(
            keys.Select((key, i) =>
                _keys.AddAsync(
                    _access.Store(key, _tenant, AccessRole.Reader, "x", i == 0 ? nowUtc : null) with { RevokedUtc = i == 1 ? nowUtc : null },
                    default
                )
            )
        );

        var full = await CreateAsync(_tenant, new NewKey("x", AccessRole.Reader, null));
        var others = await CreateAsync(_other, new NewKey("x", AccessRole.Reader, null));
        await _desk.RevokeAsync(_tenant, keys[^1].Id, default);
        var again = await CreateAsync(_tenant, new NewKey("x", AccessRole.Reader, null));

        Assert.That((full.Status, others.Status, again.Status), Is.EqualTo((409, 201, 201)));
    }

    [Test]
    public async Task List_Keys_OnlyTheOwn()
    {
        var own = await AddAsync(_tenant);
        await AddAsync(_other);
        await AddAsync(null);

        Assert.That(await ListAsync(_tenant), Is.EqualTo(new[] { own.Id }));
    }

    /// <summary>Somebody else's key is as one that was never made: the same answer, and it works on.</summary>
    [TestCase("another tenant's")]
    [TestCase("the operator's")]
    public async Task RotateAndRevoke_KeyOfSomebodyElse_IsNotThere(string whose)
    {
        var key = await AddAsync(whose == "the operator's" ? null : _other);

        var rotated = await RotateAsync(_tenant, key.Id);
        var revoked = await AnswerAsync(_ => _desk.RevokeAsync(_tenant, key.Id, default));
        var unknown = await AnswerAsync(_ => _desk.RevokeAsync(_tenant, new string('0', 16), default));

        Assert.That((rotated.Status, revoked.Status), Is.EqualTo((404, 404)));
        Assert.That(Text(revoked.Body).Replace(key.Id, new string('0', 16), StringComparison.Ordinal), Is.EqualTo(Text(unknown.Body)));
        Assert.That(await IdentifyAsync(key.Reveal()), Is.Not.Null);
        Assert.That(await ListAsync(_tenant), Is.Empty);
    }

    [Test]
    public async Task RotateAndRevoke_TenantsKeyAtTheOperatorsDesk_IsNotThere()
    {
        var key = await AddAsync(_tenant);

        Assert.That((await RotateAsync(null, key.Id)).Status, Is.EqualTo(404));
        Assert.That((await AnswerAsync(_ => _desk.RevokeAsync(null, key.Id, default))).Status, Is.EqualTo(404));
        Assert.That(await IdentifyAsync(key.Reveal()), Is.Not.Null);
    }

    [TestCase("")]
    [TestCase("0")]
    [TestCase("0123456789ABCDEF")]
    [TestCase("0123456789abcde/")]
    [TestCase("' or '1' eq '1'1")]
    [TestCase("of-operator-0000")]
    [TestCase("０123456789abcdef")]
    [TestCase("../../of-operator")]
    public async Task Revoke_NoKeyId_IsNotThere(string keyId) =>
        Assert.That((await AnswerAsync(_ => _desk.RevokeAsync(_tenant, keyId, default))).Status, Is.EqualTo(404));

    /// <summary>Answers are kept under idempotency keys, and logged by proxies.</summary>
    [Test]
    public async Task Rotate_WholeKeyInsteadOfItsId_IsNotRepeated()
    {
        var key = await AddAsync(_tenant);

        var (status, problem) = await RotateAsync(_tenant, key.Reveal());

        Assert.That(status, Is.EqualTo(404));
        Assert.That(problem.GetRawText(), Does.Not.Contain(key.Secret));
    }

    [Test]
    public async Task Rotate_Key_BothWorkForAWhileAndTheNewOneIsAsTheOld()
    {
        var expiresUtc = _clock.GetUtcNow().AddDays(30);
        var old = await AddAsync(_tenant, AccessRole.Reader, expiresUtc);

        var (status, created) = await RotateAsync(_tenant, old.Id);

        var next = (await _keys.FindAsync(created.GetProperty("key").GetProperty("keyId").GetString()!, default))!;
        var overlapping = await IdentifyAsync(old.Reveal());
        _clock.Advance(Overlap);
        Assert.That((status, next.Role, next.Name, next.ExpiresUtc, next.RevokedUtc), Is.EqualTo((201, AccessRole.Reader, "test", (DateTimeOffset?)expiresUtc, (DateTimeOffset?)null)));
        Assert.That(next.Id, Is.Not.EqualTo(old.Id));
        Assert.That((overlapping?.TenantId, await IdentifyAsync(old.Reveal())), Is.EqualTo(((TenantId?)_tenant, (Caller?)null)));
        Assert.That(await IdentifyAsync(created.GetProperty("apiKey").GetString()!), Is.Not.Null);
    }

    /// <summary>Else a key that works for a minute more would make as many new ones as somebody likes, beyond the limit.</summary>
    [Test]
    public async Task Rotate_Again_IsRefusedAndMakesNoWorkingKey()
    {
        var old = await AddAsync(_tenant);

        var first = await RotateAsync(_tenant, old.Id);
        var second = await RotateAsync(_tenant, old.Id);

        Assert.That((first.Status, second.Status), Is.EqualTo((201, 409)));
        Assert.That(await ValidCountAsync(), Is.EqualTo(2), "the old one for its last minute, and the new one");
    }

    [Test]
    public async Task Rotate_ManyAtOnce_OneNewKeyWorks()
    {
        var old = await AddAsync(_tenant);

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => RotateAsync(_tenant, old.Id))));

        Assert.That(answers.Count(answer => answer.Status == 201), Is.EqualTo(1));
        Assert.That(await ValidCountAsync(), Is.EqualTo(2));
    }

    [Test]
    public async Task Revoke_DuringTheOverlap_EndsItAtOnce()
    {
        var old = await AddAsync(_tenant);
        await RotateAsync(_tenant, old.Id);

        await _desk.RevokeAsync(_tenant, old.Id, default);

        Assert.That(await IdentifyAsync(old.Reveal()), Is.Null);
    }

    [Test]
    public async Task RotateAndRevoke_RevokedOrExpiredKey_StaysAsItIs()
    {
        var revoked = await AddAsync(_tenant);
        var expired = await AddAsync(_tenant, AccessRole.Owner, _clock.GetUtcNow().AddSeconds(1));
        await _desk.RevokeAsync(_tenant, revoked.Id, default);
        var atUtc = _clock.GetUtcNow();
        _clock.Advance(TimeSpan.FromDays(1));

        var rotated = new[] { await RotateAsync(_tenant, revoked.Id), await RotateAsync(_tenant, expired.Id) };
        await _desk.RevokeAsync(_tenant, revoked.Id, default);
        await _desk.RevokeAsync(_tenant, expired.Id, default);

        Assert.That(rotated.Select(answer => answer.Status), Is.All.EqualTo(404));
        Assert.That((await _keys.FindAsync(revoked.Id, default))!.RevokedUtc, Is.EqualTo(atUtc));
        Assert.That((await _keys.FindAsync(expired.Id, default))!.RevokedUtc, Is.Null);
        Assert.That(await ValidCountAsync(), Is.Zero);
    }

    /// <summary>A tenant may lock itself out: the operator makes it another key.</summary>
    [Test]
    public async Task Revoke_LastOwnerKey_IsDone()
    {
        var last = await AddAsync(_tenant);

        await _desk.RevokeAsync(_tenant, last.Id, default);

        Assert.That((await ValidCountAsync(), (await CreateAsync(_tenant, new NewKey("x", AccessRole.Owner, null))).Status), Is.EqualTo((0, 201)));
    }

    private static string Text(JsonElement problem) => $"{problem.GetProperty("title")} {problem.GetProperty("detail")}";

    private async Task<ApiKey> AddAsync(TenantId? tenantId, AccessRole role = AccessRole.Owner, DateTimeOffset? expiresUtc = null)
    {
        var key = ApiKey.Create();
        await _keys.AddAsync(_access.Store(key, tenantId, tenantId is null ? AccessRole.Admin : role, "test", expiresUtc), default);
        return key;
    }

    private Task<(int Status, JsonElement Body)> CreateAsync(TenantId tenantId, NewKey? wanted) =>
        AnswerAsync(request => _desk.CreateAsync(request, tenantId, wanted, default));

    private Task<(int Status, JsonElement Body)> RotateAsync(TenantId? tenantId, string keyId) =>
        AnswerAsync(request => _desk.RotateAsync(request, tenantId, keyId, Overlap, default));

    private async Task<List<string>> ListAsync(TenantId tenantId)
    {
        var (_, list) = await AnswerAsync(request => _desk.ListAsync(request, tenantId, default));
        return [.. list.GetProperty("keys").EnumerateArray().Select(key => key.GetProperty("keyId").GetString()!)];
    }

    private async Task<int> ValidCountAsync()
    {
        var count = 0;
        await foreach (var key in _keys.ListAsync(_tenant, default))
        {
            count += key.IsValidAt(_clock.GetUtcNow()) ? 1 : 0;
        }

        return count;
    }

    private async Task<Caller?> IdentifyAsync(string key)
    {
        // As another worker, which has not cached it.
        var options = Options.Create(new AccessOptions { Pepper = Convert.ToBase64String(new byte[32]) });
        using var access = new ApiAccess(_keys, _storage.GetRequiredService<BlobFirstKeyStore>(), new TokenAccess(options), options, _clock, NullLogger<ApiAccess>.Instance);
        var http = Answers.NewContext();
        http.Request.Headers["X-Api-Key"] = key;
        return (await access.IdentifyAsync(http.Request, default)).Caller;
    }

    private static async Task<(int Status, JsonElement Body)> AnswerAsync(Func<HttpRequest, Task<IResult>> ask)
    {
        var http = Answers.NewContext();
        await (await ask(http.Request)).ExecuteAsync(http);
        http.Response.Body.Position = 0;
        return (http.Response.StatusCode, http.Response.Body.Length == 0 ? default : JsonSerializer.Deserialize<JsonElement>(http.Response.Body));
    }
}
