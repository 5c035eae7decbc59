using Microsoft.AspNetCore.Http;

namespace Marketline.Tests.Functions.Http.Hosted;

/// <summary>What <see cref="HostedActions"/> do.</summary>
public sealed class ActionScript
{
    private int _count;

    /// <summary>How often one was reached.</summary>
    public int Count => _count;

    public Func<HttpRequest, Task<IResult>> Action { get; set; } = _ => Task.FromResult(Results.NoContent());

    public Task<IResult> RunAsync(HttpRequest request)
    {
        Interlocked.Increment(ref _count);
        return Action(request);
    }

    /// <summary>Answers with a new number each time.</summary>
    public void AnswerWithNumbers(int status = 201) =>
        Action = _ => Task.FromResult(Results.Json(new { number = Count }, statusCode: status));
}
