using Marketline.Core.Naming;
using Marketline.Core.Tenants;
using Marketline.Functions.Http.Access;
using Marketline.Functions.Http.Operations;
using Marketline.Storage.Blobs;
using Marketline.Storage.Tables;
using Marketline.Tests.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Marketline.Tests.Functions.Http.Access;

public sealed class AccessMiddlewareTests
{
    private const string Reads = "ListRunsEndpoint";
    private const string Changes = "StartRunEndpoint";
    private const string Operates = "ListAdminKeysEndpoint";
    private const string NeedsNothing = "GetHealthEndpoint";

    private ServiceProvider _storage = null!;
    private ApiAccess _access = null!;
    private TenantId _tenant;
    private Dictionary<string, ApiKey> _keys = null!;

    [SetUp]
    public async Task SetUp()
    {
        _storage = await TestStorage.CreateAsync();
        var options = Options.Create(new AccessOptions { Pepper = Convert.ToBase64String(new byte[32]) });
        var keys = _storage.GetRequiredService<TableApiKeyStore>();
        var firstKey = _storage.GetRequiredService<BlobFirstKeyStore>();
        _access = new ApiAccess(keys, firstKey, new TokenAccess(options), options, TimeProvider.System, NullLogger<ApiAccess>.Instance);
        _tenant = TestStorage.NewTenant();
        await Tenants.TryAddAsync(new Tenant { TenantId = _tenant, DisplayName = "One", CreatedUtc = DateTimeOffset.UnixEpoch }, default);
        _keys = [];
        foreach (var role in Enum.GetValues<AccessRole>())
        {
            var key = _keys[role.ToString()] = ApiKey.Create();
            var tenantId = role == AccessRole.Admin ? (TenantId?)null : _tenant;
            await keys.AddAsync(_access.Store(key, tenantId, role, "test"), CancellationToken.None);
        }
    }

    [TearDown]
    public async Task TearDown()
    {
        _access.Dispose();
        await _storage.DisposeAsync();
    }

    [TestCase("Reader", Reads, 200)]
    [TestCase("Reader", Changes, 403)]
    [TestCase("Reader", Operates, 403)]
    [TestCase("Owner", Reads, 200)]
    [TestCase("Owner", Changes, 200)]
    [TestCase("Owner", Operates, 403)]
    [TestCase("Admin", Reads, 403)]
    [TestCase("Admin", Changes, 403)]
    [TestCase("Admin", Operates, 200)]
    [TestCase("", Reads, 401)]
    [TestCase("", Changes, 401)]
    [TestCase("", Operates, 401)]
    [TestCase("", NeedsNothing, 200)]
    public async Task Invoke_RoleAndEndpoint_PassesOrSaysWhatIsNeeded(string role, string function, int expected)
    {
        var (status, caller) = await InvokeAsync(function, _keys.GetValueOrDefault(role));

        Assert.That(status, Is.EqualTo(expected));
        Assert.That(caller?.TenantId, Is.EqualTo(expected == 200 && role is "Reader" or "Owner" && function != Operates ? _tenant : (TenantId?)null));
    }

    [TestCase(TenantStatus.Suspended, Reads, 200)]
    [TestCase(TenantStatus.Suspended, Changes, 403)]
    [TestCase(TenantStatus.Deleting, Reads, 401)]
    public async Task Invoke_TenantIsNotActive_IsHeldBack(TenantStatus status, string function, int expected)
    {
        await Tenants.UpdateAsync(_tenant, tenant => tenant with { Status = status }, default);

        Assert.That((await InvokeAsync(function, _keys["Owner"])).Status, Is.EqualTo(expected));
    }

    [Test]
    public async Task Invoke_TenantIsGone_KeyIsNobodys()
    {
        await Tenants.RemoveAsync(_tenant, default);

        Assert.That((await InvokeAsync(Reads, _keys["Owner"])).Status, Is.EqualTo(401));
    }

    [Test]
    public void Invoke_FunctionDoesNotSayWhoMayCallIt_IsNotReached() =>
        Assert.That(() => InvokeAsync("Forgotten", _keys["Owner"]), Throws.InvalidOperationException.With.Message.Contains("Forgotten"));

    private TableTenantStore Tenants => _storage.GetRequiredService<TableTenantStore>();

    private async Task<(int Status, Caller? Caller)> InvokeAsync(string function, ApiKey? key)
    {
        var http = Answers.NewContext();
        http.Request.Headers["X-Api-Key"] = key?.Reveal();
        Caller? caller = null;
        var isReached = false;
        var middleware = new AccessMiddleware(new ApiCatalog(), _access, _storage.GetRequiredService<TenantDirectory>());
        await middleware.Invoke(
            new BareFunctionContext(http, function: function),
            _ =>
            {
                isReached = true;
                caller = http.FindCaller();
                return Task.CompletedTask;
            }
        );
        if (!isReached)
        {
            Assert.That(Answers.Problem(http).GetProperty("detail").GetString(), Is.Not.Empty);
        }

        return (http.Response.StatusCode, caller);
    }
}
