using System.Globalization;

namespace Marketline.Platforms.Extract.Overrides;

/// <summary>Reads a <see cref="JsonPath"/> from its text.</summary>
internal sealed class JsonPathParser(string text)
{
    private const int MaxSteps = 30;
    private int _index;

    public string? Problem { get; private set; }

    /// <returns>Null with a <see cref="Problem"/>.</returns>
    public IReadOnlyList<JsonPathStep>? Parse()
    {
        if (!text.StartsWith('$'))
        {
            Problem = "A path begins with '$'.";
            return null;
        }

        _index = 1;
        var steps = new List<JsonPathStep>();
        while (_index < text.Length)
        {
            var step = text[_index] switch
            {
                '.' => Dotted(),
                '[' => Bracketed(),
                _ => null,
            };
            if (step is null || steps.Count == MaxSteps)
            {
                Problem = string.Create(CultureInfo.InvariantCulture, $"At character {_index + 1}: .name, ..name, .*, ['name'], [2], [*] or [?@.name == 'text'] is expected, {MaxSteps} steps at the most.");
                return null;
            }

            steps.Add(step);
        }

        return steps;
    }

    private JsonPathStep? Dotted()
    {
        var isDeep = text.AsSpan(_index).StartsWith("..");
        _index += isDeep ? 2 : 1;
        if (!isDeep && Take('*'))
        {
            return new JsonPathStep(JsonPathStepKind.Each);
        }

        return Name() is { Length: > 0 } name ? new JsonPathStep(isDeep ? JsonPathStepKind.Descendant : JsonPathStepKind.Name, name) : null;
    }

    private JsonPathStep? Bracketed()
    {
        _index++;
        SkipSpaces();
        var step = _index >= text.Length ? null : text[_index] switch
        {
            '*' => Take('*') ? new JsonPathStep(JsonPathStepKind.Each) : null,
            '?' => Filter(),
            '\'' or '"' => Quoted() is { } name ? new JsonPathStep(JsonPathStepKind.Name, name) : null,
            _ => Number() is { } index ? new JsonPathStep(JsonPathStepKind.Index, Index: index) : null,
        };
        SkipSpaces();
        return step is not null && Take(']') ? step : null;
    }

    private JsonPathStep? Filter()
    {
        _index++;
        SkipSpaces();
        var isBracketed = Take('(');
        SkipSpaces();
        if (!Take('@'))
        {
            return null;
        }

        var members = new List<string>();
        while (Take('.'))
        {
            members.Add(Name());
        }

        SkipSpaces();
        var isEqual = text.AsSpan(_index).StartsWith("==");
        if (members.Contains("") || !(isEqual || text.AsSpan(_index).StartsWith("!=")))
        {
            return null;
        }

        _index += 2;
        SkipSpaces();
        var literal = _index < text.Length && text[_index] is '\'' or '"' ? Quoted() : Word();
        SkipSpaces();
        return literal is null || (isBracketed && !Take(')')) ? null : new JsonPathStep(JsonPathStepKind.Each, Filter: new JsonPathFilter(members, isEqual, literal));
    }

    private string Name()
    {
        var start = _index;
        while (_index < text.Length && (char.IsLetterOrDigit(text[_index]) || text[_index] is '_' or '-' or '@' or '$'))
        {
            _index++;
        }

        return text[start.._index];
    }

    /// <summary>A number or a truth value, as written.</summary>
    private string? Word()
    {
        var start = _index;
        while (_index < text.Length && (char.IsAsciiLetterOrDigit(text[_index]) || text[_index] is '-' or '.'))
        {
            _index++;
        }

        return _index == start ? null : text[start.._index];
    }

    private int? Number()
    {
        var word = Word();
        return int.TryParse(word, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) ? value : null;
    }

    private string? Quoted()
    {
        var end = text.IndexOf(text[_index], _index + 1);
        if (end < 0)
        {
            return null;
        }

        var inner = text[(_index + 1)..end];
        _index = end + 1;
        return inner;
    }

    private bool Take(char expected)
    {
        var isThere = _index < text.Length && text[_index] == expected;
        _index += isThere ? 1 : 0;
        return isThere;
    }

    private void SkipSpaces()
    {
        while (_index < text.Length && text[_index] == ' ')
        {
            _index++;
        }
    }
}
