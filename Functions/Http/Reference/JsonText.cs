using System.Text.RegularExpressions;

namespace Marketline.Functions.Http.Reference;

/// <summary>Indented JSON with its names marked.</summary>
internal static partial class JsonText
{
    public static Html ToHtml(string json) =>
        Html.Join(
            json.Split('\n')
                .Select(line =>
                    Name().Match(line) is { Success: true } name
                        ? Html.Of($"{name.Groups["space"].Value}<b>{name.Groups["name"].Value}</b>{line[name.Length..]}\n")
                        : Html.Of($"{line}\n")
                )
        );

    [GeneratedRegex("""^(?<space>\s*)(?<name>"(?:[^"\\]|\\.)*")(?=:)""")]
    private static partial Regex Name();
}
