namespace Marketline.Platforms.Api;

/// <summary>What platforms that number their items go by.</summary>
internal static class ItemNumber
{
    private const int MaxDigits = 18;

    /// <param name="text">The number, or an address that holds it.</param>
    /// <param name="ofAddress">Finds it in an address.</param>
    /// <returns>Null when it is neither.</returns>
    public static string? TryParse(string? text, Func<Uri, string?> ofAddress)
    {
        var trimmed = text?.Trim() ?? "";
        if (IsNumber(trimmed))
        {
            return trimmed;
        }

        return Uri.TryCreate(trimmed, UriKind.Absolute, out var address) ? ofAddress(address) : null;
    }

    public static bool IsNumber(string text) => text.Length is > 0 and <= MaxDigits && text.All(char.IsAsciiDigit);
}
