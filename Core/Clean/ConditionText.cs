using System.Buffers;

namespace Marketline.Core.Clean;

/// <summary>From a condition's text or schema.org address to <see cref="ItemCondition"/>.</summary>
public static class ConditionText
{
    private static readonly SearchValues<string> Refurbished = Words(
        "refurbished", "renewed", "reconditioned", "remanufactured", "generalüberholt", "refurbed", "reconditionné", "reacondicionado", "ricondizionato", "recondicionado", "odnowiony", "восстановлен"
    );

    private static readonly SearchValues<string> Damaged = Words("damaged", "for parts", "defekt", "beschädigt", "endommagé", "dañado", "danneggiato", "uszkodzony", "broken");

    private static readonly SearchValues<string> Used = Words(
        "used", "second hand", "second-hand", "secondhand", "pre-owned", "preowned", "preloved", "open box", "gebraucht", "occasion", "d'occasion", "usado", "usato", "segunda mano", "gebruikt", "tweedehands", "begagnad", "brugt", "brukt", "używany", "použité", "б/у", "中古", "二手"
    );

    private static readonly SearchValues<string> New = Words("new", "neu", "neuf", "nuevo", "nuovo", "novo", "nieuw", "nowy", "nový", "новый", "新品", "全新");

    public static ItemCondition? Parse(string text)
    {
        var span = text.AsSpan().Trim();
        return span.Length switch
        {
            0 or > 80 => null,
            _ when span.ContainsAny(Refurbished) => ItemCondition.Refurbished,
            _ when span.ContainsAny(Damaged) => ItemCondition.Damaged,
            _ when span.ContainsAny(Used) => ItemCondition.Used,
            _ when span.ContainsAny(New) => ItemCondition.New,
            _ => null,
        };
    }

    private static SearchValues<string> Words(params string[] words) => SearchValues.Create(words, StringComparison.OrdinalIgnoreCase);
}
