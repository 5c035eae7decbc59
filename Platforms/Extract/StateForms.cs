using Marketline.Core.Extract;

namespace Marketline.Platforms.Extract;

/// <summary>
/// Opens the forms that state is written in: JSON anywhere in a script, JSON within a string (<c>JSON.parse("…")</c>, Next's
/// <c>__next_f.push</c>), and the two forms of Nuxt.
/// </summary>
internal static class StateForms
{
    private const int MaxUnescapes = 2;

    public static IReadOnlyList<StructuredItem> Read(StateText state, int maxValues)
    {
        if (NuxtState.IsFlattened(state))
        {
            return NuxtState.ReadFlattened(state, maxValues);
        }

        var text = NuxtState.WithArguments(state.Text);
        var items = LooseJsonReader.Read(text, ExtractionSource.EmbeddedState, state.Location, maxValues);
        for (var level = 0; level < MaxUnescapes && HoldsEscaped(text); level++)
        {
            text = text.Replace("\\\"", "\"", StringComparison.Ordinal).Replace("\\\\", "\\", StringComparison.Ordinal);
            items.AddRange(LooseJsonReader.Read(text, ExtractionSource.EmbeddedState, state.Location, maxValues));
        }

        return items;
    }

    private static bool HoldsEscaped(string text) =>
        text.Contains("\\\"price", StringComparison.OrdinalIgnoreCase) || text.Contains("\\\"sku", StringComparison.OrdinalIgnoreCase);
}
