using System.Buffers;
using System.Text;

namespace Marketline.Core.Clean;

/// <summary>
/// Phrases of many languages to be found in a text, in upper or lower case. Those in ASCII are searched apart, by vectors: most texts hold
/// nothing else, and one phrase with another letter would make the search for all of them slow.
/// </summary>
public sealed class PhraseSet(IReadOnlyCollection<string> phrases)
{
    private readonly SearchValues<string> _ascii = Search(phrases.Where(phrase => Ascii.IsValid(phrase)));
    private readonly SearchValues<string> _others = Search(phrases.Where(phrase => !Ascii.IsValid(phrase)));

    public bool IsIn(ReadOnlySpan<char> text) => text.ContainsAny(_ascii) || (!Ascii.IsValid(text) && text.ContainsAny(_others));

    private static SearchValues<string> Search(IEnumerable<string> phrases) => SearchValues.Create([.. phrases], StringComparison.OrdinalIgnoreCase);
}
