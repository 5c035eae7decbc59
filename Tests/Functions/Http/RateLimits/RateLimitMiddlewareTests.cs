using Marketline.Core.Naming;
using Marketline.Core.Tenants;
using Marketline.Functions.Http.Access;
using Marketline.Functions.Http.RateLimits;
using Marketline.Storage.Tables;
using Marketline.Tests.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Marketline.Tests.Functions.Http.RateLimits;

public sealed class RateLimitMiddlewareTests
{
    private ServiceProvider _storage = null!;
    private RateLimitMiddleware _middleware = null!;
    private TenantId _tenant;
    private int _reached;

    [SetUp]
    public async Task SetUp()
    {
        var clock = new ManualTimeProvider(new DateTimeOffset(2026, 11, 21, 10, 0, 13, TimeSpan.Zero));
        _storage = await TestStorage.CreateAsync(clock);
        _tenant = TestStorage.NewTenant();
        var tenants = _storage.GetRequiredService<TableTenantStore>();
        var tenant = new Tenant { TenantId = _tenant, DisplayName = "One", CreatedUtc = clock.GetUtcNow(), Limits = new TenantLimits { MaxRequestsPerMinute = 2 } };
        await tenants.TryAddAsync(tenant, default);
        var counters = _storage.GetRequiredService<TableCounterStore>();
        var directory = _storage.GetRequiredService<TenantDirectory>();
        _middleware = new RateLimitMiddleware(new RequestLimits(counters, directory, clock, NullLogger<RequestLimits>.Instance));
        _reached = 0;
    }

    [TearDown]
    public async Task TearDown() => await _storage.DisposeAsync();

    [Test]
    public async Task Invoke_WithinTheLimit_TellsWhatIsLeft()
    {
        var http = await InvokeAsync(_tenant);

        Assert.That(_reached, Is.EqualTo(1));
        Assert.That(http.Response.Headers["RateLimit-Policy"].ToString(), Is.EqualTo("\"requests\";q=2;w=60"));
        Assert.That(http.Response.Headers["RateLimit"].ToString(), Is.EqualTo("\"requests\";r=1;t=47"));
        Assert.That(http.Response.Headers.RetryAfter.Count, Is.Zero);
    }

    [Test]
    public async Task Invoke_BeyondTheLimit_IsRefusedWithTheTimeToWait()
    {
        await InvokeAsync(_tenant);
        await InvokeAsync(_tenant);

        var http = await InvokeAsync(_tenant);

        Assert.That((_reached, http.Response.StatusCode, http.Response.Headers.RetryAfter.ToString()), Is.EqualTo((2, 429, "47")));
        Assert.That(http.Response.Headers["RateLimit"].ToString(), Is.EqualTo("\"requests\";r=0;t=47"));
        Assert.That(Answers.Problem(http).GetProperty("detail").GetString(), Does.Contain("2 requests a minute").And.Contain("47 seconds"));
    }

    [Test]
    public async Task Invoke_NoTenant_IsNotCounted()
    {
        var http = await InvokeAsync(tenantId: null);

        Assert.That((_reached, http.Response.Headers.ContainsKey("RateLimit")), Is.EqualTo((1, false)));
    }

    private async Task<HttpContext> InvokeAsync(TenantId? tenantId)
    {
        var http = Answers.NewContext();
        http.SetCaller(new Caller(tenantId is null ? AccessRole.Admin : AccessRole.Reader, tenantId, "key"));
        await _middleware.Invoke(
            new BareFunctionContext(http),
            _ =>
            {
                _reached++;
                return Task.CompletedTask;
            }
        );
        return http;
    }
}
