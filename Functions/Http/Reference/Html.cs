using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace Marketline.Functions.Http.Reference;

/// <summary>
/// A piece of HTML. It is made from interpolated strings only: what is filled in is encoded unless it is <see cref="Html"/> itself,
/// so no text can become markup.
/// </summary>
internal readonly struct Html
{
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    private readonly string? _markup;

    private Html(string markup) => _markup = markup;

    public static Html Empty => default;

    public bool IsEmpty => string.IsNullOrEmpty(_markup);

    public static Html Of(Writer markup) => new(markup.Text());

    /// <summary>The style and the script of the page, which are ours.</summary>
    public static Html Raw(string trusted) => new(trusted);

    public static Html Join(IEnumerable<Html> parts) => new(string.Concat(parts.Select(part => part._markup)));

    public override string ToString() => _markup ?? "";

    [InterpolatedStringHandler]
    internal readonly ref struct Writer
    {
        private readonly StringBuilder _text;

        public Writer(int literalLength, int formattedCount) => _text = new StringBuilder(literalLength + formattedCount * 32);

        public void AppendLiteral(string markup) => _text.Append(markup);

        public void AppendFormatted(string? text) => _text.Append(Encoder.Encode(text ?? ""));

        public void AppendFormatted(int number) => _text.Append(number.ToString(CultureInfo.InvariantCulture));

        public void AppendFormatted(Html html) => _text.Append(html._markup);

        internal string Text() => _text.ToString();
    }
}
