using System.Xml;

namespace Marketline.Platforms.GoogleMerchant;

/// <summary>
/// The items of an XML feed (RSS 2.0 or Atom). Each is found by its tags and parsed for itself, so that a stray <c>&amp;</c> costs
/// one product and not all behind it.
/// </summary>
internal sealed class FeedItems(FeedWindow window)
{
    private static readonly string[] ItemNames = ["item", "entry"];
    private static readonly string[] RootNames = ["rss", "feed", "rdf:RDF", "channel"];

    private int _number;
    private bool _isFeed;

    public IEnumerable<FeedRow> Read()
    {
        while (TryGoToItem(out var name))
        {
            _number++;
            yield return ReadItem(name);
        }

        if (!_isFeed)
        {
            yield return FeedRow.Damaged(0, FeedProblems.NotAFeed);
        }
    }

    /// <summary>Passes over what stands between items, comments included, and stops at an opening tag.</summary>
    private bool TryGoToItem(out string name)
    {
        while (true)
        {
            var open = window.Rest.IndexOf('<');
            window.Skip(open < 0 ? window.Rest.Length : open);
            if (window.Rest.Length < 16 && window.Grow())
            {
                continue;
            }

            if (window.Rest.IsEmpty)
            {
                name = "";
                return false;
            }

            name = Array.Find(ItemNames, candidate => IsTag(window.Rest, candidate)) ?? "";
            if (name.Length > 0)
            {
                _isFeed = true;
                return true;
            }

            _isFeed |= Array.Exists(RootNames, root => IsTag(window.Rest, root));
            if (window.Rest.StartsWith("<!--"))
            {
                SkipBehind("-->");
            }
            else
            {
                window.Skip(1);
            }
        }
    }

    private FeedRow ReadItem(string name)
    {
        var length = FindEnd(name, out var problem);
        var item = window.Rest[..length];
        var row = problem is null ? Parse(item.ToString()) : FeedRow.Damaged(_number, problem, item);
        window.Skip(Math.Max(length, 1));
        return row;
    }

    /// <returns>The length of the item that the window begins with; where the next one begins, when its end is missing.</returns>
    private int FindEnd(string name, out string? problem)
    {
        var position = 1;
        while (true)
        {
            var step = window.Rest[position..].IndexOf('<');
            position = step < 0 ? window.Rest.Length : position + step;
            if (window.Rest.Length - position < 16 && window.Grow())
            {
                continue;
            }

            var rest = window.Rest[position..];
            if (rest.IsEmpty)
            {
                problem = window.IsEnd ? FeedProblems.CutOff : FeedProblems.RowTooLong;
                return position;
            }

            if (rest.StartsWith("<![CDATA["))
            {
                position = EndOf("]]>", position);
            }
            else if (rest.StartsWith("</") && rest[2..].StartsWith(name) && EndOf(">", position) is var end)
            {
                problem = window.Rest[end - 1] == '>' ? null : FeedProblems.CutOff;
                return end;
            }
            else if (IsTag(rest, name))
            {
                problem = FeedProblems.Xml;
                return position;
            }
            else
            {
                position++;
            }
        }
    }

    /// <returns>The offset behind the text, or the window's end.</returns>
    private int EndOf(string text, int position)
    {
        while (true)
        {
            var index = window.Rest[position..].IndexOf(text);
            if (index >= 0)
            {
                return position + index + text.Length;
            }

            if (!window.Grow())
            {
                return window.Rest.Length;
            }
        }
    }

    private void SkipBehind(string text)
    {
        int index;
        while ((index = window.Rest.IndexOf(text)) < 0)
        {
            window.Skip(Math.Max(0, window.Rest.Length - text.Length));
            if (!window.Grow())
            {
                window.Skip(window.Rest.Length);
                return;
            }
        }

        window.Skip(index + text.Length);
    }

    private FeedRow Parse(string item)
    {
        try
        {
            return new FeedRow(_number, FeedItem.Read(item));
        }
        catch (XmlException)
        {
            return FeedRow.Damaged(_number, FeedProblems.Xml, item);
        }
    }

    private static bool IsTag(ReadOnlySpan<char> text, string name) =>
        text.Length > name.Length + 1 && text[0] == '<' && text[1..].StartsWith(name) && (text[name.Length + 1] is '>' or '/' || char.IsWhiteSpace(text[name.Length + 1]));
}
