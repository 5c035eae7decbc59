using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Marketline.Functions.Http;

/// <summary>Reads <c>?month=yyyy-MM</c>; without it the current month.</summary>
internal static class MonthQuery
{
    /// <summary>There is nothing older. A table is made for each month that is read, so not every month may be asked for.</summary>
    private static readonly DateOnly First = new(2026, 1, 1);

    /// <returns>The month's first day, or the problem with what was sent.</returns>
    public static (DateOnly Month, IResult? Problem) Read(HttpRequest request, TimeProvider time)
    {
        var now = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        var asked = request.Query["month"].ToString();
        if (asked.Length == 0)
        {
            return (new DateOnly(now.Year, now.Month, 1), null);
        }

        var isMonth = DateOnly.TryParseExact(asked, "yyyy-MM", CultureInfo.InvariantCulture, DateTimeStyles.None, out var month);
        return isMonth && month >= First && month <= now.AddMonths(1)
            ? (month, null)
            : (default, Problems.Field("month", "A month up to the next one is expected, such as ?month=2026-11."));
    }
}
