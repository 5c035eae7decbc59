using Marketline.Activities;
using Marketline.Analytics;
using Marketline.Functions;
using Marketline.Functions.Http;
using Marketline.Functions.Http.Access;
using Marketline.Functions.Http.Audit;
using Marketline.Functions.Http.Idempotency;
using Marketline.Functions.Http.RateLimits;
using Marketline.Platforms;
using Marketline.Storage;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.Hosting;

var builder = FunctionsApplication.CreateBuilder(args);
builder.ConfigureFunctionsWebApplication();
builder.UseMiddleware<TransientFaultMiddleware>();
builder.UseMiddleware<ProblemMiddleware>();
builder.UseMiddleware<RequestRulesMiddleware>();
builder.UseMiddleware<AccessMiddleware>();
builder.UseMiddleware<RateLimitMiddleware>();
builder.UseMiddleware<AuditMiddleware>();
builder.UseMiddleware<IdempotencyMiddleware>();

builder
    .Services.AddStorage(builder.Configuration)
    .AddAnalytics(builder.Configuration)
    .AddPlatforms(builder.Configuration)
    .AddActivities(builder.Configuration)
    .AddFunctions(builder.Configuration);

builder.Build().Run();
