namespace Marketline.Platforms.Extract.Tree;

/// <summary>One string for each name on a page: names of elements, attributes and classes come again and again.</summary>
internal sealed class NamePool
{
    private readonly HashSet<string> _names = [];
    private readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> _lookup;

    public NamePool() => _lookup = _names.GetAlternateLookup<ReadOnlySpan<char>>();

    public string Get(ReadOnlySpan<char> name)
    {
        if (_lookup.TryGetValue(name, out var known))
        {
            return known;
        }

        var added = name.ToString();
        _names.Add(added);
        return added;
    }
}
