using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Marketline.Tests.Functions.Http;

/// <summary>Requests and answers without a server.</summary>
internal static class Answers
{
    private static readonly ServiceProvider Services = new ServiceCollection().AddLogging().AddProblemDetails().BuildServiceProvider();

    public static DefaultHttpContext NewContext(string path = "/api/runs")
    {
        var http = new DefaultHttpContext { RequestServices = Services };
        http.Request.Path = path;
        http.Response.Body = new MemoryStream();
        return http;
    }

    /// <summary>The problem that an answer's body holds.</summary>
    public static JsonElement Problem(HttpContext http)
    {
        Assert.That(http.Response.ContentType, Does.StartWith("application/problem+json"));
        http.Response.Body.Position = 0;
        var problem = JsonSerializer.Deserialize<JsonElement>(http.Response.Body);
        Assert.That(problem.GetProperty("status").GetInt32(), Is.EqualTo(http.Response.StatusCode));
        return problem;
    }
}
