using System.Text;
using AngleSharp.Common;

namespace Marketline.Platforms.Extract.Tree;

/// <summary>A piece of text.</summary>
internal sealed class TextNode(ReadOnlySpan<char> text) : PageNode
{
    private string _data = text.ContainsAnyExcept(" \t\r\n") ? text.ToString() : " ";
    private StringBuilder? _more;

    public string Data
    {
        get
        {
            if (_more is not null)
            {
                (_data, _more) = (_more.ToString(), null);
            }

            return _data;
        }
    }

    public override StringOrMemory NodeName => "#text";

    public void Append(ReadOnlySpan<char> more) => (_more ??= new StringBuilder(_data)).Append(more);
}
