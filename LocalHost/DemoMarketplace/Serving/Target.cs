using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Marketline.LocalHost.DemoMarketplace.Serving;

/// <summary>The address of a request as it was sent: path and query, percent-encoding untouched.</summary>
internal static class Target
{
    private const int ShortestId = 6;

    public static string Of(HttpContext context)
    {
        var raw = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        if (raw.StartsWith('/'))
        {
            return raw;
        }

        // The absolute form, as proxies send it (RFC 9112 §3.2.2).
        return Uri.TryCreate(raw, UriKind.Absolute, out var uri) ? uri.PathAndQuery : "/";
    }

    /// <summary>The last number of at least six digits, which is a product's; null when there is none.</summary>
    public static int? LastId(string target)
    {
        for (var end = target.Length; end > 0; end--)
        {
            var start = end;
            while (start > 0 && char.IsAsciiDigit(target[start - 1]))
            {
                start--;
            }

            if (end - start >= ShortestId)
            {
                return int.TryParse(
                    target.AsSpan(start, end - start),
                    NumberStyles.None,
                    CultureInfo.InvariantCulture,
                    out var id
                )
                    ? id
                    : null;
            }

            end = Math.Min(end, start + 1);
        }

        return null;
    }

    /// <summary>The number at the very end, such as a listing's page; 1 when there is none.</summary>
    public static int LastNumber(string target)
    {
        var start = target.Length;
        while (start > 0 && char.IsAsciiDigit(target[start - 1]))
        {
            start--;
        }

        return int.TryParse(target.AsSpan(start), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : 1;
    }
}
