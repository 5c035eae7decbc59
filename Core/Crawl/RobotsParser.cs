using System.Globalization;
using System.Text;

namespace Marketline.Core.Crawl;

/// <summary>
/// Reads the lines of a robots.txt and keeps the groups for one product token, merged, or those for <c>*</c> when no group
/// names it. Lines of other kinds never end a group (RFC 9309 §2.2.4).
/// </summary>
internal sealed class RobotsParser(string productToken)
{
    private readonly Group _own = new();
    private readonly Group _everybody = new();
    private readonly List<string> _sitemaps = [];
    private int _lineNumber;
    private bool _isAmongAgents;
    private bool _isForUs;
    private bool _isForEverybody;

    public RobotsRules Parse(ReadOnlySpan<byte> text)
    {
        text = text[..Math.Min(text.Length, RobotsRules.MaxParsedBytes)];
        if (text.StartsWith("\uFEFF"u8))
        {
            text = text[3..];
        }

        while (!text.IsEmpty)
        {
            var end = text.IndexOfAny((byte)'\n', (byte)'\r');
            _lineNumber++;
            Line(end < 0 ? text : text[..end]);
            end += end >= 0 && text[end..].StartsWith("\r\n"u8) ? 1 : 0;
            text = end < 0 ? [] : text[(end + 1)..];
        }

        var group = _own.IsNamed ? _own : _everybody;
        var name = _own.IsNamed ? productToken : _everybody.IsNamed ? "*" : null;
        return new RobotsRules(group.Rules, group.CrawlDelay, _sitemaps, name);
    }

    private void Line(ReadOnlySpan<byte> line)
    {
        var comment = line.IndexOf((byte)'#');
        line = comment < 0 ? line : line[..comment];
        var colon = line.IndexOf((byte)':');
        if (colon < 0)
        {
            return;
        }

        var key = line[..colon].Trim(" \t"u8);
        var value = line[(colon + 1)..].Trim(" \t"u8);
        if (Ascii.EqualsIgnoreCase(key, "user-agent"u8))
        {
            Agent(value);
        }
        else if (Ascii.EqualsIgnoreCase(key, "disallow"u8))
        {
            Rule(value, isAllow: false);
        }
        else if (Ascii.EqualsIgnoreCase(key, "allow"u8))
        {
            Rule(value, isAllow: true);
        }
        else if (Ascii.EqualsIgnoreCase(key, "crawl-delay"u8))
        {
            Delay(value);
        }
        else if (Ascii.EqualsIgnoreCase(key, "sitemap"u8) && !value.IsEmpty)
        {
            _sitemaps.Add(Encoding.UTF8.GetString(value));
        }
    }

    private void Agent(ReadOnlySpan<byte> value)
    {
        if (!_isAmongAgents)
        {
            _isAmongAgents = true;
            _isForUs = _isForEverybody = false;
        }

        if (value.StartsWith("*"u8) && (value.Length == 1 || value[1] is (byte)' ' or (byte)'\t'))
        {
            _isForEverybody = _everybody.IsNamed = true;
        }
        else if (Ascii.EqualsIgnoreCase(Token(value), productToken))
        {
            _isForUs = _own.IsNamed = true;
        }
    }

    private void Rule(ReadOnlySpan<byte> value, bool isAllow)
    {
        _isAmongAgents = false;
        if ((_isForUs || _isForEverybody) && RobotsRule.Parse(value, isAllow, _lineNumber) is { } rule)
        {
            Each(group => group.Rules.Add(rule));
        }
    }

    private void Delay(ReadOnlySpan<byte> value)
    {
        var isNumber = double.TryParse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds);
        if (isNumber && seconds <= TimeSpan.FromDays(1).TotalSeconds)
        {
            Each(group => group.CrawlDelay = TimeSpan.FromSeconds(seconds));
        }
    }

    private void Each(Action<Group> change)
    {
        if (_isForUs)
        {
            change(_own);
        }

        if (_isForEverybody)
        {
            change(_everybody);
        }
    }

    /// <summary>The line may add a version to the name (<c>Marketline/1.0</c>), which is no part of the token.</summary>
    private static ReadOnlySpan<byte> Token(ReadOnlySpan<byte> value)
    {
        var length = 0;
        while (length < value.Length && (char.IsAsciiLetter((char)value[length]) || value[length] is (byte)'-' or (byte)'_'))
        {
            length++;
        }

        return value[..length];
    }

    private sealed class Group
    {
        public bool IsNamed { get; set; }

        public List<RobotsRule> Rules { get; } = [];

        public TimeSpan? CrawlDelay { get; set; }
    }
}
