using System.Text.Json;
using Marketline.Core.Json;
using Marketline.Core.Plans;
using Marketline.Functions.Http;
using Microsoft.AspNetCore.Http;

namespace Marketline.Tests.Functions.Http;

public sealed class ProblemsTests
{
    [Test]
    public async Task Of_Anything_IsProblemJsonWithStatusTitleAndDetail()
    {
        var (status, problem) = await ExecuteAsync(Problems.Of(418, "A teapot.", "Use the other one."));

        Assert.That(status, Is.EqualTo(418));
        Assert.That(problem.GetProperty("title").GetString(), Is.EqualTo("A teapot."));
        Assert.That(problem.GetProperty("detail").GetString(), Is.EqualTo("Use the other one."));
    }

    [Test]
    public async Task Statuses_EachCase_IsItsOwn()
    {
        var answers = new[]
        {
            Problems.Unauthorized("Send one."),
            Problems.Forbidden(isOperatorPath: true),
            Problems.Forbidden(isOperatorPath: false),
            Problems.NotFound("The plan", "Make one."),
            Problems.Conflict("Changed.", "Read again."),
            Problems.Internal("0af7"),
            Problems.Unavailable(),
        };

        var statuses = new List<int>();
        foreach (var answer in answers)
        {
            statuses.Add((await ExecuteAsync(answer)).Status);
        }

        Assert.That(statuses, Is.EqualTo(new[] { 401, 403, 403, 404, 409, 500, 503 }));
    }

    [Test]
    public async Task Invalid_Fields_SaysForEachWhatWasExpected()
    {
        var fields = new Dictionary<string, string[]> { ["sites"] = ["1 to 100 sites are expected; there are 0."] };

        var (status, problem) = await ExecuteAsync(Problems.Invalid(fields));

        Assert.That(status, Is.EqualTo(400));
        Assert.That(problem.GetProperty("errors").GetProperty("sites")[0].GetString(), Is.EqualTo(fields["sites"][0]));
    }

    [TestCase("{\"batchSize\": \"many\"}", "$.batchSize, line 1")]
    [TestCase("{\n\"batchSize\": 5,\n", "line 3")]
    public async Task BadJson_Failure_SaysWhere(string json, string where)
    {
        var failure = Assert.Catch<JsonException>(() => JsonSerializer.Deserialize<PlanLimits>(json, JsonFormat.Options));

        var (status, problem) = await ExecuteAsync(Problems.BadJson(failure));

        Assert.That(status, Is.EqualTo(400));
        Assert.That(problem.GetProperty("detail").GetString(), Does.Contain(where).And.Not.Contain("many"));
    }

    private static async Task<(int Status, JsonElement Problem)> ExecuteAsync(IResult answer)
    {
        var http = Answers.NewContext();
        await answer.ExecuteAsync(http);
        return (http.Response.StatusCode, Answers.Problem(http));
    }
}
