using Marketline.Core.Json;
using Marketline.Core.Naming;
using Microsoft.AspNetCore.Http;
using System.Text.Json;

namespace Marketline.Functions.Http;

/// <summary>JSON answers with an entity tag (RFC 9110): asked again with <c>If-None-Match</c> they are 304 when nothing has changed.</summary>
internal static class Answers
{
    public static IResult Json<T>(HttpRequest request, T value, int status = 200) => Json(request, value, TagOf(value), status);

    /// <param name="tag">Of the version, in quotes.</param>
    public static IResult Json<T>(HttpRequest request, T value, string tag, int status = 200)
    {
        request.HttpContext.Response.Headers.ETag = tag;
        return IsKnown(request, tag)
            ? Results.StatusCode(StatusCodes.Status304NotModified)
            : Results.Json(value, JsonFormat.Options, statusCode: status);
    }

    /// <summary>Whether the caller has this version already: it gets 304.</summary>
    public static bool IsKnown(HttpRequest request, string tag) =>
        HttpMethods.IsGet(request.Method) && request.Headers.IfNoneMatch is { Count: > 0 } sent && Matches(sent.ToString(), tag);

    public static string TagOf<T>(T value) => $"\"{Digest.Of(JsonSerializer.SerializeToUtf8Bytes(value, JsonFormat.Options))}\"";

    /// <returns>The problem when the request's <c>If-Match</c> or <c>If-None-Match</c> does not hold; null when it may change the resource.</returns>
    /// <param name="current">The current version's tag; null when there is none.</param>
    public static IResult? Precondition(HttpRequest request, string? current)
    {
        var ifMatch = request.Headers.IfMatch.ToString();
        if (ifMatch.Length > 0 && (current is null || !Matches(ifMatch, current)))
        {
            return Problems.Of(412, "It was changed by somebody else.", "Read it again, repeat the change on the new version, and send its ETag as If-Match.");
        }

        return request.Headers.IfNoneMatch.ToString() == "*" && current is not null
            ? Problems.Of(412, "It is there already.", "Leave If-None-Match out to replace it.")
            : null;
    }

    /// <summary>Whether an <c>If-Match</c> or <c>If-None-Match</c> names the tag.</summary>
    public static bool Matches(string header, string tag) =>
        header == "*" || header.Split(',', StringSplitOptions.TrimEntries).Any(sent => sent == tag || sent == $"W/{tag}");
}
