using System.Text.Json;
using Azure;
using Marketline.Core.Naming;
using Marketline.Core.Tenants;
using Marketline.Functions;
using Marketline.Functions.Http.Access;
using Marketline.Storage.Tables;
using Marketline.Tests.Functions.Http;
using Marketline.Tests.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Marketline.Tests.Functions;

public sealed class ApiMiddlewareTests
{
    private static readonly ApiKey OperatorKey = ApiKey.Create();

    private ServiceProvider _storage = null!;
    private ApiAccess _access = null!;
    private TenantId _tenant;
    private ApiKey _tenantKey = null!;

    [OneTimeSetUp]
    public async Task SetUp()
    {
        _storage = await TestStorage.CreateAsync();
        var keys = _storage.GetRequiredService<TableApiKeyStore>();
        var options = new AccessOptions { OperatorKey = OperatorKey.Reveal(), Pepper = Convert.ToBase64String(new byte[32]) };
        _access = new ApiAccess(keys, Options.Create(options), TimeProvider.System);
        _tenant = TestStorage.NewTenant();
        _tenantKey = ApiKey.Create();
        await keys.AddAsync(_access.Store(_tenantKey, _tenant, AccessRole.Owner, "test"), CancellationToken.None);
    }

    [OneTimeTearDown]
    public async Task TearDown()
    {
        _access.Dispose();
        await _storage.DisposeAsync();
    }

    [Test]
    public async Task Invoke_TenantsKey_EndpointSeesTheTenant()
    {
        TenantId? seen = null;

        var http = await InvokeAsync("/api/runs", _tenantKey, http => seen = http.Request.TenantId());

        Assert.That((seen, http.Response.StatusCode), Is.EqualTo(((TenantId?)_tenant, 200)));
    }

    [TestCase("/api/runs")]
    [TestCase("/api/operator/tenants")]
    [TestCase("/api/healthy")]
    [TestCase("/")]
    public async Task Invoke_NoKey_IsRefusedBeforeTheEndpoint(string path)
    {
        var http = await InvokeAsync(path, null, _ => Assert.Fail("the endpoint was reached"));

        Assert.That(Answers.Problem(http).GetProperty("status").GetInt32(), Is.EqualTo(401));
    }

    [TestCase("/api/operator/tenants")]
    [TestCase("/API/Operator/tenants")]
    public async Task Invoke_TenantsKeyOnOperatorsPath_IsForbidden(string path)
    {
        var http = await InvokeAsync(path, _tenantKey, _ => Assert.Fail("the endpoint was reached"));

        Assert.That(Answers.Problem(http).GetProperty("status").GetInt32(), Is.EqualTo(403));
    }

    [Test]
    public async Task Invoke_OperatorsKeyOnATenantsPath_IsForbidden()
    {
        var http = await InvokeAsync("/api/runs", OperatorKey, _ => Assert.Fail("the endpoint was reached"));

        Assert.That(Answers.Problem(http).GetProperty("status").GetInt32(), Is.EqualTo(403));
    }

    [Test]
    public async Task Invoke_Health_NeedsNoKey()
    {
        var isReached = false;

        await InvokeAsync("/api/health", null, _ => isReached = true);

        Assert.That(isReached, Is.True);
    }

    [Test]
    public async Task Invoke_NoHttpRequest_PassesOn()
    {
        var isReached = false;

        await new ApiMiddleware(_access, NullLogger<ApiMiddleware>.Instance).Invoke(
            new BareFunctionContext(),
            _ =>
            {
                isReached = true;
                return Task.CompletedTask;
            }
        );

        Assert.That(isReached, Is.True);
    }

    [Test]
    public async Task Invoke_EndpointFails_AnswersWithoutInternals()
    {
        var http = await InvokeAsync("/api/runs", _tenantKey, _ => throw new InvalidOperationException("the secret is 42"));

        Assert.That(Answers.Problem(http).GetProperty("status").GetInt32(), Is.EqualTo(500));
        Assert.That(Answers.Problem(http).GetRawText(), Does.Not.Contain("42"));
    }

    [Test]
    public async Task Invoke_StorageTimesOut_SaysWhenToComeBack()
    {
        var http = await InvokeAsync("/api/runs", _tenantKey, _ => throw new TaskCanceledException("no answer in time"));

        Assert.That(Answers.Problem(http).GetProperty("status").GetInt32(), Is.EqualTo(503));
        Assert.That(http.Response.Headers.RetryAfter.ToString(), Is.EqualTo("5"));
    }

    [TestCase(0, 503)]
    [TestCase(429, 503)]
    [TestCase(500, 503)]
    [TestCase(403, 500)]
    public async Task Invoke_StorageRefuses_TellsWhatPassesFromWhatDoesNot(int status, int expected)
    {
        var failure = new AggregateException(new RequestFailedException(status, "no"), new RequestFailedException(status, "no"));

        var http = await InvokeAsync("/api/runs", _tenantKey, _ => throw failure);

        Assert.That(Answers.Problem(http).GetProperty("status").GetInt32(), Is.EqualTo(expected));
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task Invoke_BodyIsNoJson_IsTheCallersFault(bool isWrapped)
    {
        Exception failure = new JsonException("bad", "$.kind", 2, 5);
        failure = isWrapped ? new AggregateException(failure) : failure;

        var http = await InvokeAsync("/api/runs", _tenantKey, _ => throw failure);

        Assert.That(Answers.Problem(http).GetProperty("status").GetInt32(), Is.EqualTo(400));
        Assert.That(Answers.Problem(http).GetProperty("detail").GetString(), Does.Contain("$.kind, line 3"));
    }

    [Test]
    public void Invoke_CallerIsGone_AnswersNothing()
    {
        Assert.That(
            () => InvokeAsync("/api/health", null, http => throw new OperationCanceledException(http.RequestAborted), isAborted: true),
            Throws.InstanceOf<OperationCanceledException>()
        );
    }

    private async Task<HttpContext> InvokeAsync(string path, ApiKey? key, Action<HttpContext> endpoint, bool isAborted = false)
    {
        var http = Answers.NewContext(path);
        http.Request.Headers["X-Api-Key"] = key?.Reveal();
        http.RequestAborted = new CancellationToken(isAborted);
        await new ApiMiddleware(_access, NullLogger<ApiMiddleware>.Instance).Invoke(
            new BareFunctionContext(http),
            _ =>
            {
                endpoint(http);
                return Task.CompletedTask;
            }
        );
        return http;
    }
}
