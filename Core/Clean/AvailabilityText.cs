using System.Buffers;
using System.Collections.Frozen;

namespace Marketline.Core.Clean;

/// <summary>From schema.org addresses, feed values and what shops write to <see cref="Availability"/>.</summary>
public static class AvailabilityText
{
    private const int MaxLength = 400;

    /// <summary>Open Graph's word of before 2015.</summary>
    private const string OldOutOfStock = "oos";

    private static readonly FrozenDictionary<string, Availability> Names = Enum.GetValues<Availability>()
        .ToFrozenDictionary(value => value.ToString(), StringComparer.OrdinalIgnoreCase);

    private static readonly SearchValues<string> NotifyPhrases = Words(AvailabilityPhrases.Notify);

    private static readonly (SearchValues<string> Phrases, Availability Meaning)[] Meanings =
    [
        (Words(AvailabilityPhrases.Discontinued), Availability.Discontinued),
        (Words(AvailabilityPhrases.OutOfStock), Availability.OutOfStock),
        (Words(AvailabilityPhrases.SoldOut), Availability.SoldOut),
        (Words(AvailabilityPhrases.PreOrder), Availability.PreOrder),
        (Words(AvailabilityPhrases.BackOrder), Availability.BackOrder),
        (Words(AvailabilityPhrases.InStoreOnly), Availability.InStoreOnly),
        (Words(AvailabilityPhrases.OnlineOnly), Availability.OnlineOnly),
        (Words(AvailabilityPhrases.LimitedAvailability), Availability.LimitedAvailability),
        (Words(AvailabilityPhrases.InStock), Availability.InStock),
    ];

    /// <summary>All phrases at once: most texts have none, and one search says so.</summary>
    private static readonly SearchValues<string> AnyPhrase = Words(AvailabilityPhrases.All);

    private static readonly SearchValues<string> AnyWord = Words([.. AvailabilityPhrases.All, .. AvailabilityPhrases.Notify, .. Enum.GetNames<Availability>(), OldOutOfStock]);

    /// <summary>False for what neither <see cref="Parse"/> nor <see cref="InvitesToWait"/> finds anything in: most of what a page shows, by one search.</summary>
    public static bool MaySay(ReadOnlySpan<char> text) => text.ContainsAny(AnyWord);

    /// <returns>Null when the text says nothing about stock.</returns>
    public static Availability? Parse(string text)
    {
        var span = text.AsSpan().Trim();
        if (span.Length is 0 or > MaxLength)
        {
            return null;
        }

        var name = span[(span.LastIndexOfAny('/', '#') + 1)..];
        if (Names.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(name, out var exact))
        {
            return exact;
        }

        if (span.Equals(OldOutOfStock, StringComparison.OrdinalIgnoreCase))
        {
            return Availability.OutOfStock;
        }

        if (!span.ContainsAny(AnyPhrase) || span.ContainsAny(NotifyPhrases))
        {
            return null;
        }

        foreach (var (phrases, meaning) in Meanings)
        {
            if (span.ContainsAny(phrases))
            {
                return meaning;
            }
        }

        return null;
    }

    /// <summary>Whether the text invites to be told when the offer can be bought again.</summary>
    public static bool InvitesToWait(ReadOnlySpan<char> text) => text.Length <= MaxLength && text.ContainsAny(NotifyPhrases);

    /// <summary>Whether the value says that the offer can not be bought now; such an offer needs no price.</summary>
    public static bool IsGone(Availability? value) => value is Availability.OutOfStock or Availability.SoldOut or Availability.Discontinued;

    private static SearchValues<string> Words(string[] phrases) => SearchValues.Create(phrases, StringComparison.OrdinalIgnoreCase);
}
