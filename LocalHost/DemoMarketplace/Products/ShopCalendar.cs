namespace Marketline.LocalHost.DemoMarketplace.Products;

/// <summary>The marketplace's own time: it only moves when told to.</summary>
internal static class ShopCalendar
{
    public const int MaxDay = 3650;

    public static DateOnly DayZero { get; } = new(2026, 1, 5);

    public static DateOnly Date(int day) => DayZero.AddDays(day);

    public static bool TryParseDay(string text, out int day) =>
        int.TryParse(text, out day) && day is >= 0 and <= MaxDay;
}
