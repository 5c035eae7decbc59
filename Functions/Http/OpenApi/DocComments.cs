using System.Collections.Concurrent;
using System.Reflection;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Marketline.Functions.Http.OpenApi;

/// <summary>
/// The documentation comments of types and their members as Markdown, from the XML files that the compiler puts beside the assemblies.
/// Without such a file there are no descriptions.
/// </summary>
internal sealed partial class DocComments
{
    private readonly ConcurrentDictionary<Assembly, Dictionary<string, XElement>> _files = new();

    public string? Of(Type type) => Text(Find(type, $"T:{Name(type)}")?.Element("summary"));

    /// <summary>Of a property or field; for a positional record's property, what the record says of the parameter.</summary>
    public string? Of(MemberInfo member)
    {
        var type = member.DeclaringType!;
        var kind = member is PropertyInfo ? 'P' : 'F';
        return Text(Find(type, $"{kind}:{Name(type)}.{member.Name}")?.Element("summary"))
            ?? Text(Find(type, $"T:{Name(type)}")?.Elements("param").FirstOrDefault(param => (string?)param.Attribute("name") == member.Name));
    }

    private XElement? Find(Type type, string id) => _files.GetOrAdd(type.Assembly, Read).GetValueOrDefault(id);

    private static Dictionary<string, XElement> Read(Assembly assembly)
    {
        var path = Path.ChangeExtension(assembly.Location, ".xml");
        return File.Exists(path)
            ? XDocument.Load(path, LoadOptions.PreserveWhitespace).Descendants("member").ToDictionary(member => (string)member.Attribute("name")!)
            : [];
    }

    private static string Name(Type type) => (type.IsConstructedGenericType ? type.GetGenericTypeDefinition() : type).FullName!.Replace('+', '.');

    private static string? Text(XElement? element)
    {
        if (element is null)
        {
            return null;
        }

        var text = new StringBuilder();
        foreach (var node in element.Nodes())
        {
            text.Append(node is XElement part ? Markdown(part) : (node as XText)?.Value);
        }

        return Spaces().Replace(text.ToString(), " ").Trim();
    }

    private static string Markdown(XElement part) =>
        part.Name.LocalName switch
        {
            "see" => $"`{Referenced(part)}`",
            "paramref" => $"`{JsonNamingPolicy.CamelCase.ConvertName((string)part.Attribute("name")!)}`",
            "c" => $"`{part.Value}`",
            _ => part.Value,
        };

    /// <summary>A property by its name in JSON, anything else by its last word.</summary>
    private static string Referenced(XElement see)
    {
        var cref = (string?)see.Attribute("cref");
        var word = (cref ?? (string?)see.Attribute("langword") ?? see.Value).Split('.', ':')[^1];
        return cref?.StartsWith("P:", StringComparison.Ordinal) == true ? JsonNamingPolicy.CamelCase.ConvertName(word) : word;
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
