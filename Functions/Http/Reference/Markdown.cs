using System.Text.RegularExpressions;

namespace Marketline.Functions.Http.Reference;

/// <summary>The little Markdown that descriptions are written in: headings, paragraphs, lists, tables, fenced code, code, bold and links.</summary>
internal static partial class Markdown
{
    public static Html ToHtml(string? text)
    {
        var lines = new Queue<string>((text ?? "").ReplaceLineEndings("\n").Split('\n'));
        var blocks = new List<Html>();
        while (lines.Count > 0)
        {
            var line = lines.Dequeue();
            blocks.Add(
                line.Length == 0 ? Html.Empty
                : line.StartsWith("```", StringComparison.Ordinal) ? Code(lines)
                : line.StartsWith("## ", StringComparison.Ordinal) ? Html.Of($"<h3 id=\"{Slug(line[3..])}\">{Inline(line[3..])}</h3>")
                : line.StartsWith("- ", StringComparison.Ordinal) ? List(line, lines)
                : line.StartsWith('|') ? Table(line, lines)
                : Paragraph(line, lines)
            );
        }

        return Html.Join(blocks);
    }

    public static Html Inline(string? text)
    {
        var parts = new List<Html>();
        var place = 0;
        foreach (Match match in Marks().Matches(text ?? ""))
        {
            parts.Add(Html.Of($"{text![place..match.Index]}"));
            parts.Add(
                match.Groups["code"] is { Success: true } code ? Html.Of($"<code>{code.Value}</code>")
                : match.Groups["bold"] is { Success: true } bold ? Html.Of($"<strong>{bold.Value}</strong>")
                : Html.Of($"<a href=\"{match.Groups["href"].Value}\">{match.Groups["link"].Value}</a>")
            );
            place = match.Index + match.Length;
        }

        parts.Add(Html.Of($"{(text ?? "")[place..]}"));
        return Html.Join(parts);
    }

    /// <summary>The name of a heading's place on the page.</summary>
    public static string Slug(string heading) => NoWord().Replace(heading.ToLowerInvariant(), "-").Trim('-');

    public static IEnumerable<string> Headings(string text) =>
        text.ReplaceLineEndings("\n").Split('\n').Where(line => line.StartsWith("## ", StringComparison.Ordinal)).Select(line => line[3..]);

    private static Html Paragraph(string first, Queue<string> lines) => Html.Of($"<p>{Inline(string.Join(' ', Rest(first, lines, line => line.Length > 0 && !line.StartsWith("- ", StringComparison.Ordinal))))}</p>");

    private static Html Code(Queue<string> lines)
    {
        var code = new List<string>();
        while (lines.TryDequeue(out var line) && !line.StartsWith("```", StringComparison.Ordinal))
        {
            code.Add(line);
        }

        return Html.Of($"<pre tabindex=\"0\"><code>{string.Join('\n', code)}</code></pre>");
    }

    /// <summary>An item's further lines are indented.</summary>
    private static Html List(string first, Queue<string> lines)
    {
        var items = new List<string>();
        foreach (var line in Rest(first, lines, line => line.StartsWith("- ", StringComparison.Ordinal) || line.StartsWith("  ", StringComparison.Ordinal)))
        {
            if (line.StartsWith("- ", StringComparison.Ordinal))
            {
                items.Add(line[2..]);
            }
            else
            {
                items[^1] += $" {line.Trim()}";
            }
        }

        return Html.Of($"<ul>{Html.Join(items.Select(item => Html.Of($"<li>{Inline(item)}</li>")))}</ul>");
    }

    private static Html Table(string first, Queue<string> lines)
    {
        var rows = Rest(first, lines, line => line.StartsWith('|')).Select(line => line.Trim('|').Split('|', StringSplitOptions.TrimEntries)).ToList();
        var head = Html.Join(rows[0].Select(cell => Html.Of($"<th scope=\"col\">{Inline(cell)}</th>")));
        var body = rows.Skip(2).Select(row => Html.Of($"<tr>{Html.Join(row.Select(cell => Html.Of($"<td>{Inline(cell)}</td>")))}</tr>"));
        return Html.Of($"<div class=\"wide\"><table><thead><tr>{head}</tr></thead><tbody>{Html.Join(body)}</tbody></table></div>");
    }

    private static List<string> Rest(string first, Queue<string> lines, Func<string, bool> belongs)
    {
        var all = new List<string> { first };
        while (lines.TryPeek(out var line) && belongs(line))
        {
            all.Add(lines.Dequeue());
        }

        return all;
    }

    [GeneratedRegex(@"`(?<code>[^`]+)`|\*\*(?<bold>[^*]+)\*\*|\[(?<link>[^\]]+)\]\((?<href>(?:https?://|/|#)[^)\s]*)\)")]
    private static partial Regex Marks();

    [GeneratedRegex(@"[^a-z0-9]+")]
    private static partial Regex NoWord();
}
