using System.Globalization;

namespace Marketline.LocalHost.DemoMarketplace.Products;

/// <summary>Article numbers with GS1's check digit: weights 3 and 1 alternate from the right.</summary>
internal static class Gtin
{
    /// <summary>A number of <paramref name="length"/> digits that starts with <paramref name="prefix"/>.</summary>
    public static string Create(string prefix, int number, int length)
    {
        var body = prefix + number.ToString(CultureInfo.InvariantCulture).PadLeft(length - 1 - prefix.Length, '0');
        return body + CheckDigit(body);
    }

    public static string WithWrongCheckDigit(string gtin) => gtin[..^1] + (char)('0' + ((gtin[^1] - '0' + 3) % 10));

    private static char CheckDigit(string body)
    {
        var sum = 0;
        for (var i = 0; i < body.Length; i++)
        {
            var weight = (body.Length - i) % 2 == 1 ? 3 : 1;
            sum += (body[i] - '0') * weight;
        }

        return (char)('0' + ((10 - (sum % 10)) % 10));
    }
}
