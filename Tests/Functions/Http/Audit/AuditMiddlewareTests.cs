using System.Net;
using System.Text.Json;
using Marketline.Core.Tenants;
using Marketline.Tests.Functions.Http.Hosted;
using Marketline.Tests.Storage;
using Microsoft.AspNetCore.Http;

namespace Marketline.Tests.Functions.Http.Audit;

/// <summary>On an emulator of its own, whose tables go away in some tests.</summary>
[NonParallelizable]
public sealed class AuditMiddlewareTests
{
    private AzuriteProcess _azurite = null!;
    private HttpPipeline _app = null!;

    [OneTimeSetUp]
    public async Task StartAzurite() => _azurite = await AzuriteProcess.StartAsync();

    [OneTimeTearDown]
    public async Task StopAzurite() => await _azurite.DisposeAsync();

    [SetUp]
    public async Task StartApp() => _app = await HttpPipeline.StartAsync(_azurite.ConnectionString);

    [TearDown]
    public async Task StopApp() => await _app.DisposeAsync();

    [TestCase(204)]
    [TestCase(201)]
    [TestCase(404)]
    [TestCase(409)]
    public async Task Invoke_Action_ItsRowIsThereBeforeAndItsEndAfter(int status)
    {
        int? before = 0;
        _app.Script.Action = async _ =>
        {
            before = (await _app.AuditAsync(_app.Admin)).Single().Status;
            return Results.StatusCode(status);
        };

        using var answer = await _app.SendAsync(HttpMethod.Post, $"of/{_app.Tenant}", _app.Admin);

        var entry = (await _app.AuditAsync(_app.Admin)).Single();
        Assert.That(before, Is.Null);
        Assert.That((entry.Actor, entry.Action, entry.Path), Is.EqualTo((_app.Admin.Id, "RevokeTenantKeyEndpoint", $"/api/of/{_app.Tenant}")));
        Assert.That((entry.TenantId, entry.Status, (int)answer.StatusCode), Is.EqualTo((_app.Tenant.Value, (int?)status, status)));
        Assert.That(entry.CorrelationId, Is.EqualTo(answer.Headers.GetValues("X-Correlation-Id").Single()));
    }

    [Test]
    public async Task Invoke_ActionUnderAnIdempotencyKey_StatusIsThatOfItsAnswer()
    {
        _app.Script.AnswerWithNumbers(409);

        using var answer = await _app.SendAsync(HttpMethod.Post, "operator/x", _app.Admin, "once");

        Assert.That((await _app.AuditAsync(_app.Admin)).Single().Status, Is.EqualTo(409));
    }

    [Test]
    public async Task Invoke_ActionFails_RowSaysSo()
    {
        _app.Script.Action = _ => throw new InvalidOperationException("broken");

        using var answer = await _app.SendAsync(HttpMethod.Post, "operator/x", _app.Admin);

        Assert.That((await _app.AuditAsync(_app.Admin)).Single().Status, Is.EqualTo(500));
    }

    [Test]
    public async Task Invoke_OwnersActionWithKeys_IsAuditedUnderTheTenant()
    {
        using var answer = await _app.SendAsync(HttpMethod.Post, "owner/x", _app.Owner);

        var entry = (await _app.AuditAsync(_app.Owner)).Single();
        Assert.That((entry.TenantId, entry.Status), Is.EqualTo((_app.Tenant.Value, (int?)204)));
    }

    [Test]
    public async Task Invoke_OtherWorkOrRefused_LeavesNoRow()
    {
        using var work = await _app.SendAsync(HttpMethod.Post, "work", _app.Owner);
        using var refused = await _app.SendAsync(HttpMethod.Post, "operator/x", _app.Owner);

        Assert.That((work.StatusCode, refused.StatusCode, _app.Script.Count), Is.EqualTo((HttpStatusCode.NoContent, HttpStatusCode.Forbidden, 1)));
        Assert.That(await _app.AuditAsync(_app.Owner), Is.Empty);
    }

    [Test]
    public async Task Invoke_RowCanNotBeWritten_NothingIsDone()
    {
        using var warm = await _app.SendAsync(HttpMethod.Post, "operator/x", _app.Admin);
        _azurite.StopTables();

        using var answer = await _app.SendAsync(HttpMethod.Post, "operator/x", _app.Admin);
        _azurite.StartTables();

        Assert.That((answer.StatusCode, _app.Script.Count), Is.EqualTo((HttpStatusCode.ServiceUnavailable, 1)));
    }

    [Test]
    public async Task Invoke_EndCanNotBeWritten_AnswerIsThatOfWhatWasDone()
    {
        _app.Script.Action = _ =>
        {
            _azurite.StopTables();
            return Task.FromResult(Results.StatusCode(201));
        };

        using var answer = await _app.SendAsync(HttpMethod.Post, "operator/x", _app.Admin);
        _azurite.StartTables();

        Assert.That((answer.StatusCode, _app.Script.Count), Is.EqualTo((HttpStatusCode.Created, 1)));
        Assert.That((await _app.AuditAsync(_app.Admin)).Single().Status, Is.Null);
    }

    [TestCase("owner/{0}", true)]
    [TestCase("operator/{0}", false)]
    [TestCase("operator/x{0}x", false)]
    public async Task Invoke_WholeKeyInTheAddress_ItsSecretIsInNoRow(string path, bool isOwner)
    {
        var (actor, other) = (isOwner ? _app.Owner : _app.Admin, ApiKey.Create());

        using var answer = await _app.SendAsync(HttpMethod.Post, string.Format(null, path, other.Reveal()), actor, "once");

        var row = JsonSerializer.Serialize((await _app.AuditAsync(actor)).Single());
        Assert.That(row, Does.Contain(other.Id).And.Not.Contain(other.Secret).And.Not.Contain(actor.Secret));
    }

    [TestCase("' or '1' eq '1")]
    [TestCase("ACME")]
    [TestCase("аcme")]
    public async Task Invoke_AddressNamesNoTenant_RowIsOfNone(string tenant)
    {
        using var answer = await _app.SendAsync(HttpMethod.Post, $"of/{Uri.EscapeDataString(tenant)}", _app.Admin);

        Assert.That((await _app.AuditAsync(_app.Admin)).Single().TenantId, Is.Null);
    }
}
