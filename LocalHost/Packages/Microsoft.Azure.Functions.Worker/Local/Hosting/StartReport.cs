using Microsoft.Azure.Functions.Worker.Local.Functions;

namespace Microsoft.Azure.Functions.Worker.Local.Hosting;

/// <summary>What the host prints when it is up: where it listens and its functions by trigger.</summary>
internal static class StartReport
{
    public static void Write(TextWriter output, FunctionCatalog catalog, string address)
    {
        var functions = catalog.Functions.Select(f => (Function: f, What: f.Support.Describe(f))).ToList();
        output.WriteLine($"{functions.Count} functions on {address}");
        foreach (var kind in functions.GroupBy(f => f.What.Kind).OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            var bare = kind.Where(f => f.What.Detail.Length == 0).Select(f => f.Function.Name).ToList();
            if (bare.Count > 0)
            {
                output.WriteLine($"  {kind.Key,-14} {string.Join(", ", bare)}");
            }

            var width = kind.Max(f => f.Function.Name.Length);
            foreach (var (function, what) in kind.Where(f => f.What.Detail.Length > 0))
            {
                output.WriteLine($"  {kind.Key,-14} {function.Name.PadRight(width)}  {what.Detail}");
            }
        }

        output.Flush();
    }
}
