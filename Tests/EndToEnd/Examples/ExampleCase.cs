using Marketline.Functions.Http.Examples;
using Marketline.Functions.Http.Operations;

namespace Marketline.Tests.EndToEnd.Examples;

/// <summary>An example of an operation.</summary>
internal sealed record ExampleCase(ApiOperation Operation, ApiExample Example)
{
    public string Name => $"{Operation.Id}/{Example.Name}";

    /// <summary>The full names of those that come before it.</summary>
    public IEnumerable<string> After => Example.After.Select(name => name.Contains('/', StringComparison.Ordinal) ? name : $"{Operation.Id}/{name}");

    /// <summary>All examples, each after those that it names.</summary>
    public static List<ExampleCase> InOrder()
    {
        var examples = new ApiExamples();
        var all = new ApiCatalog()
            .Documented.SelectMany(operation => examples.Of(operation.Id).Select(example => new ExampleCase(operation, example)))
            .ToDictionary(example => example.Name);
        var ordered = new List<ExampleCase>();
        var open = new HashSet<string>();
        foreach (var example in all.Values)
        {
            Add(example);
        }

        return ordered;

        void Add(ExampleCase example)
        {
            if (ordered.Contains(example))
            {
                return;
            }

            if (!open.Add(example.Name))
            {
                throw new InvalidOperationException($"The example {example.Name} comes after itself.");
            }

            foreach (var name in example.After)
            {
                Add(all.GetValueOrDefault(name) ?? throw new InvalidOperationException($"The example {example.Name} comes after {name}, which is not there."));
            }

            ordered.Add(example);
        }
    }

    public override string ToString() => Name;
}
