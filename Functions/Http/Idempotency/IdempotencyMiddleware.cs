using System.Security.Cryptography;
using System.Text;
using Marketline.Functions.Http.Access;
using Marketline.Storage;
using Marketline.Storage.Tables;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.Logging;

namespace Marketline.Functions.Http.Idempotency;

/// <summary>
/// A POST with an <c>Idempotency-Key</c> (draft-ietf-httpapi-idempotency-key-header) is done once: sent again it gets the first
/// answer again, with another body it is refused. A key is its tenant's and the endpoint's own, and holds for a day at least.
/// </summary>
internal sealed partial class IdempotencyMiddleware(TableIdempotencyStore store, ILogger<IdempotencyMiddleware> logger)
    : IFunctionsWorkerMiddleware
{
    public const string Header = "Idempotency-Key";

    private const int MaxKeyLength = 128;

    public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        if (
            context.GetHttpContext() is not { } http
            || !HttpMethods.IsPost(http.Request.Method)
            || http.FindCaller() is not { } caller
            || !http.Request.Headers.TryGetValue(Header, out var sent)
        )
        {
            await next(context);
            return;
        }

        var key = sent.ToString();
        if (key.Length is 0 or > MaxKeyLength || !key.All(c => c is > ' ' and <= '~'))
        {
            await Problems.Of(400, $"The {Header} can not be used.", $"Send 1 to {MaxKeyLength} visible ASCII characters, such as a UUID.").ExecuteAsync(http);
            return;
        }

        var scope = $"{context.FunctionDefinition.Name}\n{key}";
        var claim = await store.ClaimAsync(caller.TenantId, scope, await HashAsync(http), context.CancellationToken);
        if (Answer(claim) is { } answer)
        {
            await answer.ExecuteAsync(http);
            return;
        }

        await WorkAsync(context, next, claim);
    }

    private async Task WorkAsync(FunctionContext context, FunctionExecutionDelegate next, IdempotencyClaim claim)
    {
        try
        {
            await next(context);
        }
        catch
        {
            await KeepAsync(claim, null);
            throw;
        }

        var result = context.GetInvocationResult();
        if (result.Value is IResult answer)
        {
            result.Value = new KeptResult(answer, kept => KeepAsync(claim, kept));
        }
    }

    /// <summary>
    /// Whoever has gone away in between comes back for the answer. What is done is done: that its answer can not be kept, or the
    /// claim not be given up, must not hide how it ended.
    /// </summary>
    private async Task KeepAsync(IdempotencyClaim claim, KeptAnswer? answer)
    {
        try
        {
            await (
                answer is null
                    ? store.ForgetAsync(claim, CancellationToken.None)
                    : store.CompleteAsync(claim, answer, CancellationToken.None)
            );
        }
        catch (Exception failure) when (StorageFailures.Contains(failure))
        {
            LogNotKept(failure, claim.Row);
        }
    }

    private static IResult? Answer(IdempotencyClaim claim) =>
        claim.State switch
        {
            IdempotencyState.New => null,
            IdempotencyState.Answered when claim.Answer!.Body is null => Problems.Conflict(
                "This was done before, and its answer is not kept.",
                "It held a secret that is shown once: list what there is, and rotate the key or make another one under a new Idempotency-Key."
            ),
            IdempotencyState.Answered => new RepeatedResult(claim.Answer!),
            IdempotencyState.UnderWay => Problems.Conflict("The same request is being worked on.", "Send it again in a few seconds to get its answer."),
            _ => Problems.Of(422, $"This {Header} was used for another request.", "Send the same request again, or this one with a key of its own."),
        };

    private static async Task<string> HashAsync(HttpContext http)
    {
        http.Request.EnableBuffering();
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{http.Request.Path}{http.Request.QueryString}\n"));
        var buffer = new byte[8192];
        int count;
        while ((count = await http.Request.Body.ReadAsync(buffer, http.RequestAborted)) > 0)
        {
            hash.AppendData(buffer, 0, count);
        }

        http.Request.Body.Position = 0;
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    [LoggerMessage(LogLevel.Warning, "What became of the request with the idempotency key {Row} was not kept.")]
    private partial void LogNotKept(Exception failure, string row);
}
