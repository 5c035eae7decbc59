using System.Text;
using Marketline.Core.Extract;

namespace Marketline.Platforms.Extract;

/// <summary>
/// Finds numbers that the page labels as its article number, model or bar code. The label ends a run and the number is the next
/// one, or both stand in one run. A shown article number is what customers and the shop call the product; the markup's sku is
/// often an internal one of a single size.
/// </summary>
internal sealed class VisibleIdentifiers(PageScan scan, PageIdentity page, ElementTraits traits, ProductFacts facts)
{
    private const int MaxRunLength = 120;
    private const int MaxRunsBeforeTitle = 100;
    private const int MinValueLength = 3;
    private const int MaxValueLength = 40;

    /// <summary>A number that more text follows must be long to be taken for an identifier.</summary>
    private const int MinDigitsBeforeText = 5;

    private const double AddressedConfidence = 0.87;
    private const int MinAddressedLength = 6;
    private string _address = "";

    public static void Find(PageScan scan, PageIdentity page, ElementTraits traits, ProductFacts facts)
    {
        var finder = new VisibleIdentifiers(scan, page, traits, facts) { _address = Compact(page.Address?.PathAndQuery ?? "") };
        for (var order = Math.Max(0, page.TitleOrder - MaxRunsBeforeTitle); order < scan.Runs.Count; order++)
        {
            finder.Look(order);
        }
    }

    private void Look(int order)
    {
        var text = scan.Runs[order].Text.AsSpan().Trim();
        if (text.Length is < 2 or > MaxRunLength)
        {
            return;
        }

        var label = TrimLabel(text);
        if (IdentifierLabels.Find(label) is { } whole)
        {
            if (NextValue(order) is { } next)
            {
                Add(whole, next, order, label.Length < text.Length);
            }

            return;
        }

        LookWithin(text, order);
        LookInAddress(text, order);
    }

    /// <summary>Label and number in one run: tries each place where a number-like word follows a label.</summary>
    private void LookWithin(ReadOnlySpan<char> text, int order)
    {
        var digit = text.IndexOfAnyInRange('0', '9');
        if (digit < 1)
        {
            return;
        }

        for (var start = 1; start < text.Length; start++)
        {
            var isStart = IsValueChar(text[start]) && (text[start - 1] is ' ' or ':' or '：' or '.' or '#' or '\u00a0' or '№' or '-');
            if (!isStart)
            {
                continue;
            }

            var value = ValueAt(text[start..]);
            if (value.Length > 0 && LabelBefore(text[..start]) is { } found)
            {
                Add(found, value.ToString(), order, hasColon: text[..start].TrimEnd().EndsWith(":") || text[start - 1] == '：');
                return;
            }
        }
    }

    /// <summary>
    /// A number that stands alone without a label, but is in the page's address: shops show <c>3697/272</c> and write
    /// <c>p03697272</c> there.
    /// </summary>
    private void LookInAddress(ReadOnlySpan<char> text, int order)
    {
        if (text.Length > MaxValueLength || text.IndexOfAny('/', '.', '-') < 0 || ValueAt(text).Length != text.Length || CountDigits(text) < MinDigitsBeforeText)
        {
            return;
        }

        var compact = Compact(text);
        if (compact.Length >= MinAddressedLength && _address.Contains(compact, StringComparison.Ordinal))
        {
            Add((FieldNames.Sku, AddressedConfidence), text.ToString(), order, hasColon: true);
        }
    }

    private static string Compact(ReadOnlySpan<char> text)
    {
        var compact = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            _ = char.IsAsciiLetterOrDigit(c) ? compact.Append(char.ToLowerInvariant(c)) : compact;
        }

        return compact.ToString();
    }

    /// <summary>The longest label that ends where <paramref name="text"/> does and starts at a word's edge.</summary>
    private static (string Field, double Confidence)? LabelBefore(ReadOnlySpan<char> text)
    {
        var label = TrimLabel(text);
        var from = Math.Max(0, label.Length - IdentifierLabels.MaxLength);
        for (var start = from; start < label.Length; start++)
        {
            var isEdge = start == 0 || !char.IsLetterOrDigit(label[start - 1]);
            if (isEdge && IdentifierLabels.Find(label[start..]) is { } found)
            {
                // Short words such as "code" or "id" need a sign that a number follows.
                var isBare = label.Length == text.TrimEnd().Length;
                return found.Confidence < 0.9 && isBare && start > 0 ? null : found;
            }
        }

        return null;
    }

    private static ReadOnlySpan<char> TrimLabel(ReadOnlySpan<char> text) => text.Trim().TrimStart("#•·-–|(〈<").TrimEnd(" :：.#№=-–|\u00a0\u200e").Trim();

    private string? NextValue(int order)
    {
        for (var next = order + 1; next < Math.Min(order + 3, scan.Runs.Count); next++)
        {
            var text = scan.Runs[next].Text.AsSpan().Trim().TrimStart(":：#-–\u200e\u200f ");
            if (text.Length == 0)
            {
                continue;
            }

            var value = ValueAt(text);
            var isAlone = value.Length == text.TrimEnd("\u200e\u200f .,;)").Length;
            return value.Length > 0 && (isAlone || CountDigits(value) >= MinDigitsBeforeText) ? value.ToString() : null;
        }

        return null;
    }

    private static int CountDigits(ReadOnlySpan<char> text)
    {
        var count = 0;
        foreach (var c in text)
        {
            count += char.IsAsciiDigit(c) ? 1 : 0;
        }

        return count;
    }

    private static bool IsValueChar(char c) => char.IsAsciiLetterOrDigit(c);

    /// <summary>The identifier at the text's start: one word with a digit in it.</summary>
    private static ReadOnlySpan<char> ValueAt(ReadOnlySpan<char> text)
    {
        var end = 0;
        while (end < text.Length && (char.IsLetterOrDigit(text[end]) || text[end] is '-' or '_' or '.' or '/' or '+'))
        {
            end++;
        }

        var value = text[..end].TrimEnd("./-_+");
        var isIdentifier = value.Length is >= MinValueLength and <= MaxValueLength && value.ContainsAnyInRange('0', '9') && value.IndexOfAnyExceptInRange('\0', '\u007f') < 0;
        return isIdentifier && (end >= text.Length || !char.IsLetterOrDigit(text[end])) ? value : [];
    }

    private void Add((string Field, double Confidence) label, string value, int order, bool hasColon)
    {
        var own = traits.Of(scan.Runs[order].Parent);
        var confidence = label.Confidence;
        confidence -= own.HasFlag(Traits.Related) ? 0.25 : 0;
        confidence -= own.HasFlag(Traits.Review) ? 0.4 : 0;
        confidence -= own.HasFlag(Traits.Frame) ? 0.4 : 0;
        confidence -= own.HasFlag(Traits.Hidden) ? 0.05 : 0;
        confidence -= order < page.TitleOrder - 40 ? 0.1 : 0;
        confidence -= hasColon ? 0 : 0.02;
        var isKnown = facts.All(label.Field).Any(raw => raw.Text.Equals(value, StringComparison.OrdinalIgnoreCase));
        var isInUrl = page.Address?.AbsoluteUri.Contains(value, StringComparison.OrdinalIgnoreCase) ?? false;
        confidence += isKnown || isInUrl ? 0.04 : 0;
        facts.Add(label.Field, value, ExtractionSource.Visible, $"text[{order}]", confidence);
    }
}
