using Marketline.Activities;
using Marketline.Analytics;
using Marketline.Functions;
using Marketline.Platforms;
using Marketline.Storage;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.Hosting;

var builder = FunctionsApplication.CreateBuilder(args);
builder.ConfigureFunctionsWebApplication();
builder.UseMiddleware<TransientFaultMiddleware>();
builder.UseMiddleware<ApiMiddleware>();

builder
    .Services.AddStorage(builder.Configuration)
    .AddAnalytics(builder.Configuration)
    .AddPlatforms(builder.Configuration)
    .AddActivities(builder.Configuration)
    .AddFunctions(builder.Configuration);

builder.Build().Run();
