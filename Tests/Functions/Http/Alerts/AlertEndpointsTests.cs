using System.Text.Json;
using Marketline.Core.Alerts;
using Marketline.Core.Naming;
using Marketline.Core.Tenants;
using Marketline.Functions.Http.Access;
using Marketline.Functions.Http.Alerts;
using Marketline.Functions.Http.Paging;
using Marketline.Storage.Tables;
using Marketline.Tests.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Marketline.Tests.Functions.Http.Alerts;

public sealed class AlertEndpointsTests
{
    private static readonly DateTimeOffset At = new(2026, 11, 21, 3, 0, 0, TimeSpan.Zero);

    private static readonly PageCursors Cursors = new(Options.Create(new AccessOptions { Pepper = Convert.ToBase64String(new byte[32]) }));

    private ServiceProvider _storage = null!;
    private TableAlertStore _alerts = null!;
    private TenantId _tenant;
    private TenantId _other;

    [SetUp]
    public async Task SetUp()
    {
        _storage = await TestStorage.CreateAsync();
        _alerts = _storage.GetRequiredService<TableAlertStore>();
        _tenant = TestStorage.NewTenant();
        await RaiseAsync(_tenant, 0);
        await RaiseAsync(_tenant, 1);
        _other = TestStorage.NewTenant();
        await RaiseAsync(_other, 2);
    }

    [TearDown]
    public async Task TearDown() => await _storage.DisposeAsync();

    [TestCase("", 2)]
    [TestCase("?limit=1", 1)]
    public async Task ListAlerts_Limit_AnswersOwnAlertsTheNewestFirst(string query, int count)
    {
        var http = await ListAsync(query);

        var alerts = Body(http).GetProperty("alerts").EnumerateArray().ToList();
        Assert.That(alerts, Has.Count.EqualTo(count));
        Assert.That(alerts[0].GetProperty("runId").GetString(), Is.EqualTo(new RunId(_tenant, PlanId.Parse("plan"), At.AddHours(1)).Value));
        Assert.That(alerts[0].GetProperty("kind").GetString(), Is.EqualTo("late"));
    }

    [Test]
    public async Task ListAlerts_Cursor_GoesOnBehindThePage()
    {
        var first = Body(await ListAsync("?limit=1"));

        var second = Body(await ListAsync($"?limit=1&cursor={first.GetProperty("next").GetString()}"));

        Assert.That(second.GetProperty("alerts")[0].GetProperty("runId").GetString(), Is.EqualTo(new RunId(_tenant, PlanId.Parse("plan"), At).Value));
        Assert.That(second.TryGetProperty("next", out _), Is.False);
    }

    [TestCase("?cursor=AAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [TestCase("?limit=0")]
    [TestCase("?limit=1001")]
    [TestCase("?limit=-1")]
    [TestCase("?limit=many")]
    public async Task ListAlerts_BadLimit_IsRefused(string query)
    {
        var http = await ListAsync(query);

        Assert.That(Answers.Problem(http).GetProperty("status").GetInt32(), Is.EqualTo(400));
    }

    [Test]
    public async Task ListOpenAlerts_SeveralTenants_AnswersAll()
    {
        var http = Answers.NewContext("/api/operator/alerts");
        http.Request.QueryString = new QueryString("?limit=1000");
        http.SetCaller(new Caller(AccessRole.Admin, null, "test"));

        await (await new ListOpenAlertsEndpoint(_alerts, Cursors).RunAsync(http.Request, default)).ExecuteAsync(http);

        var alerts = Body(http).GetProperty("alerts").EnumerateArray();
        var tenants = alerts.Select(alert => alert.GetProperty("tenantId").GetString());
        Assert.That(tenants, Is.SupersetOf((string[])[_tenant.Value, _other.Value]));
    }

    private async Task<HttpContext> ListAsync(string query)
    {
        var http = Answers.NewContext("/api/alerts");
        http.Request.QueryString = new QueryString(query);
        http.SetCaller(new Caller(AccessRole.Reader, _tenant, "test"));
        await (await new ListAlertsEndpoint(_alerts, Cursors).RunAsync(http.Request, default)).ExecuteAsync(http);
        return http;
    }

    private static JsonElement Body(HttpContext http)
    {
        http.Response.Body.Position = 0;
        return JsonSerializer.Deserialize<JsonElement>(http.Response.Body);
    }

    private Task<bool> RaiseAsync(TenantId tenant, int hour) =>
        _alerts.RaiseAsync(
            new Alert
            {
                TenantId = tenant,
                Kind = AlertKind.Late,
                RunId = new RunId(tenant, PlanId.Parse("plan"), At.AddHours(hour)),
                PlanId = PlanId.Parse("plan"),
                SinceUtc = At,
                RaisedUtc = At,
                Message = "The run should have ended.",
            },
            default
        );
}
