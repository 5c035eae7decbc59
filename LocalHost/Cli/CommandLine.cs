namespace Marketline.LocalHost.Cli;

/// <summary>The short forms of <c>run.sh</c>: nothing means <c>up</c>, <c>--once</c> means <c>once</c>.</summary>
internal static class CommandLine
{
    public static string[] Normalise(string[] arguments) =>
        arguments switch
        {
            [] => ["up"],
            ["--once", .. var rest] => ["once", .. rest],
            ["--help" or "-h" or "-?" or "--version", ..] => arguments,
            [['-', ..], ..] => ["up", .. arguments],
            _ => arguments,
        };
}
