using System.Globalization;
using System.Text.Json;
using Marketline.Platforms.Extract;

namespace Marketline.Platforms.WooCommerce;

/// <summary>The <c>prices</c> of a product: whole numbers of <c>currency_minor_unit</c> decimals (<c>"1105"</c> and <c>2</c> are 11.05).</summary>
internal readonly struct WooCommerceMoney(JsonElement prices)
{
    private const int MaxDecimals = 8;

    public string? Currency => prices.Text("currency_code");

    /// <returns>As people write it; as the API wrote it where that is no whole number, for cleaning to judge.</returns>
    public string? Amount(string name)
    {
        var text = prices.Text(name);
        var isWhole = long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var minor);
        var hasUnit = int.TryParse(prices.Text("currency_minor_unit"), NumberStyles.None, CultureInfo.InvariantCulture, out var decimals);
        return isWhole && hasUnit && decimals <= MaxDecimals ? Shifted(minor, decimals).ToString(CultureInfo.InvariantCulture) : text;
    }

    /// <summary>The API writes zero for a product that has no price.</summary>
    public bool IsZero => prices.Text("price") is "0" or "" or null;

    private static decimal Shifted(long minor, int decimals) => minor * new decimal(1, 0, 0, isNegative: false, (byte)decimals);
}
