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

    private static readonly PhraseSet NotifyPhrases = new(AvailabilityPhrases.Notify);

    private static readonly (PhraseSet Phrases, Availability Meaning)[] Meanings =
    [
        (new(AvailabilityPhrases.Discontinued), Availability.Discontinued),
        (new(AvailabilityPhrases.OutOfStock), Availability.OutOfStock),
        (new(AvailabilityPhrases.SoldOut), Availability.SoldOut),
        (new(AvailabilityPhrases.PreOrder), Availability.PreOrder),
        (new(AvailabilityPhrases.BackOrder), Availability.BackOrder),
        (new(AvailabilityPhrases.InStoreOnly), Availability.InStoreOnly),
        (new(AvailabilityPhrases.OnlineOnly), Availability.OnlineOnly),
        (new(AvailabilityPhrases.LimitedAvailability), Availability.LimitedAvailability),
        (new(AvailabilityPhrases.InStock), Availability.InStock),
    ];

    /// <summary>All phrases at once: most texts have none, and one search says so.</summary>
    private static readonly PhraseSet AnyPhrase = new(AvailabilityPhrases.All);

    private static readonly PhraseSet AnyWord = new([.. AvailabilityPhrases.All, .. AvailabilityPhrases.Notify, .. Enum.GetNames<Availability>(), OldOutOfStock]);

    /// <summary>False for what neither <see cref="Parse"/> nor <see cref="InvitesToWait"/> finds anything in: most of what a page shows, by one search.</summary>
    public static bool MaySay(ReadOnlySpan<char> text) => AnyWord.IsIn(text);

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

        if (!AnyPhrase.IsIn(span) || NotifyPhrases.IsIn(span))
        {
            return null;
        }

        foreach (var (phrases, meaning) in Meanings)
        {
            if (phrases.IsIn(span))
            {
                return meaning;
            }
        }

        return null;
    }

    /// <summary>Whether the text invites to be told when the offer can be bought again.</summary>
    public static bool InvitesToWait(ReadOnlySpan<char> text) => text.Length <= MaxLength && NotifyPhrases.IsIn(text);

    /// <summary>Whether the value says that the offer can not be bought now; such an offer needs no price.</summary>
    public static bool IsGone(Availability? value) => value is Availability.OutOfStock or Availability.SoldOut or Availability.Discontinued;
}
