using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Marketline.LocalHost.DemoMarketplace.Faults;

/// <summary>Answers a request for a faulty product page the wrong way, where the fault is on the wire.</summary>
internal sealed class FaultResponder(AttemptCounters attempts, FaultBodies bodies, CancellationToken stopping)
{
    /// <summary>The longest that a stalled answer keeps its connection.</summary>
    private static readonly TimeSpan Stall = TimeSpan.FromMinutes(5);

    /// <summary>Where redirects of a product lead: the number of the hop comes before the product's own.</summary>
    public const string HopPrefix = "/hop/";

    /// <returns>False when the page itself is to be sent: there is no fault, it has gone away, or it is on the page.</returns>
    public async Task<bool> TryRespondAsync(HttpContext context, FaultKind kind, string target, int itemId)
    {
        switch (kind)
        {
            case FaultKind.RateLimitedOnce when attempts.Next(target) <= 1:
            case FaultKind.RateLimitedAlways:
                return await StatusAsync(
                    context,
                    StatusCodes.Status429TooManyRequests,
                    "Slow down.",
                    retryAfterSeconds: 1
                );
            case FaultKind.ServerErrorTwice when attempts.Next(target) <= 2:
            case FaultKind.ServerErrorAlways:
                return await StatusAsync(context, StatusCodes.Status500InternalServerError, "Something went wrong.");
            case FaultKind.UnavailableOnce when attempts.Next(target) <= 1:
                return await StatusAsync(
                    context,
                    StatusCodes.Status503ServiceUnavailable,
                    "Back soon.",
                    retryAfterSeconds: 1
                );
            case FaultKind.Forbidden:
                return await StatusAsync(context, StatusCodes.Status403Forbidden, "Access denied.");
            case FaultKind.NotFound:
                return await StatusAsync(context, StatusCodes.Status404NotFound, "No such product.");
            case FaultKind.StallsBeforeHeaders:
                return await StallAsync(context);
            case FaultKind.StallsInBody:
                await FaultBodies.StartPageAsync(context, stopping);
                return await StallAsync(context);
            case FaultKind.CutOffOnce when attempts.Next(target) <= 1:
            case FaultKind.CutOffLength:
                return await CutOffLengthAsync(context);
            case FaultKind.CutOffChunked:
                return await CutOffChunkedAsync(context);
            case FaultKind.RedirectChain or FaultKind.RedirectLoop or FaultKind.RedirectEndless:
                return Redirect(context, Hop(1, itemId));
            case FaultKind.RedirectToMetadata:
                return Redirect(context, "http://169.254.169.254/latest/meta-data/");
            case FaultKind.RedirectToMappedMetadata:
                return Redirect(context, "http://[::ffff:169.254.169.254]/latest/meta-data/");
            default:
                return await bodies.TryRespondAsync(context, kind);
        }
    }

    public static string Hop(int number, int itemId) =>
        string.Create(CultureInfo.InvariantCulture, $"{HopPrefix}{number}/{itemId}");

    public static bool Redirect(HttpContext context, string location)
    {
        context.Response.StatusCode = StatusCodes.Status302Found;
        context.Response.Headers.Location = location;
        context.Response.ContentLength = 0;
        return true;
    }

    private static async Task<bool> StatusAsync(
        HttpContext context,
        int status,
        string text,
        int? retryAfterSeconds = null
    )
    {
        context.Response.StatusCode = status;
        if (retryAfterSeconds is { } seconds)
        {
            context.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        }

        await FaultBodies.SendAsync(
            context,
            $"<!doctype html><title>{status}</title><h1>{text}</h1>\n",
            "text/html; charset=utf-8"
        );
        return true;
    }

    private async Task<bool> StallAsync(HttpContext context)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
        await Task.Delay(Stall, ended.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        context.Abort();
        return true;
    }

    /// <summary>The server closes the connection when an answer ends short of its length.</summary>
    private async Task<bool> CutOffLengthAsync(HttpContext context)
    {
        context.Response.ContentLength = 60_000;
        await FaultBodies.StartPageAsync(context, stopping);
        return true;
    }

    /// <summary>
    /// An answer that names its transfer coding is sent as it is, so that the last chunk can be left out. Tearing the
    /// connection down instead could take with it what the client has not read yet.
    /// </summary>
    private static async Task<bool> CutOffChunkedAsync(HttpContext context)
    {
        context.Response.ContentType = "text/html; charset=utf-8";
        context.Response.Headers.TransferEncoding = "chunked";
        context.Response.Headers.Connection = "close";
        await context.Response.Body.WriteAsync("f\r\n<!doctype html>\r\n400\r\n<html>"u8.ToArray());
        return true;
    }
}
