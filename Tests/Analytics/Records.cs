using Marketline.Core.Clean;
using Marketline.Core.Naming;

namespace Marketline.Tests.Analytics;

/// <summary>Records with short keys: <c>a1</c> stands for the object, <c>day</c> for when it was seen.</summary>
internal static class Records
{
    public static Offer Offer(
        string key,
        int day,
        decimal? price,
        string? currency = "EUR",
        Availability? availability = Availability.InStock,
        string? category = "shoes",
        string url = "https://shop.example/a"
    ) =>
        new()
        {
            ObjectKey = key,
            Platform = "generic",
            Site = "shop.example",
            Url = url,
            SeenUtc = Seen(day),
            Name = $"Shoe {key}",
            Price = price,
            CurrencyCode = currency,
            Availability = availability,
            Category = category,
            ContentHash = Digest.Of($"{key} {price} {currency} {availability} {category}"),
        };

    public static Review Review(string key, int day, decimal? rating, string body = "Good.") =>
        new()
        {
            ObjectKey = key,
            Platform = "generic",
            Site = "shop.example",
            Url = "https://shop.example/a",
            SeenUtc = Seen(day),
            AuthorHash = "0a0b",
            PublishedOn = new DateOnly(2026, 10, 31),
            Rating = rating,
            Body = body,
            ContentHash = Digest.Of($"{key} {rating} {body}"),
        };

    public static DateTimeOffset Seen(int day) => new(2026, 11, day, 12, 0, 0, TimeSpan.Zero);
}
