using System.Globalization;
using Marketline.Core.Alerts;
using Microsoft.AspNetCore.Http;

namespace Marketline.Functions.Http.Alerts;

/// <summary>Alerts as the API shows them.</summary>
internal sealed record AlertList(IReadOnlyList<Alert> Alerts)
{
    private const int DefaultLimit = 100;
    private const int MaxLimit = 1_000;

    /// <returns>Null when it is out of range.</returns>
    public static int? Limit(HttpRequest request)
    {
        var text = request.Query["limit"].ToString();
        if (text.Length == 0)
        {
            return DefaultLimit;
        }

        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) && limit is >= 1 and <= MaxLimit ? limit : null;
    }

    public static IResult BadLimit() => Problems.Of(400, "limit can not be used so.", $"Send a number from 1 to {MaxLimit}, or none.");
}
