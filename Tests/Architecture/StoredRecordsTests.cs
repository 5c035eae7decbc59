using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using Marketline.Core.Aggregate;
using Marketline.Core.Clean;
using Marketline.Core.Crawl;
using Marketline.Core.Datasets;
using Marketline.Core.Lineage;
using Marketline.Core.Plans;
using Marketline.Core.Runs;
using Marketline.Storage.Blobs;
using Microsoft.Azure.Functions.Worker;

namespace Marketline.Tests.Architecture;

/// <summary>
/// What is stored outlives the code that wrote it, so it says its version. Stored is what Core's types are found in: calls of
/// serializers, the tables' gateways, leased records, inputs and outputs of orchestrations.
/// </summary>
public sealed class StoredRecordsTests
{
    private static readonly string[] Writers =
    [
        "Serialize", "SerializeAsync", "SerializeToUtf8Bytes", "FromObjectAsJson", "Write", "WriteAsync", "GetInput",
    ];

    private static readonly Dictionary<Type, string> Exempt = new()
    {
        [typeof(RunRef)] = "part of records that have one",
        [typeof(BatchOutcomes)] = "an argument; its outcomes have one",
        [typeof(DuePlan)] = "an index row, made again from the plan",
        [typeof(PauseScope)] = "part of a key",
        [typeof(PlanSchedule)] = "part of plans that have one",
        [typeof(RecordOutcome)] = "a temporary file within a step",
        [typeof(CrawlTarget)] = "read by the run that wrote it only",
        [typeof(RunFilter)] = "an argument",
        [typeof(AggregateOutput)] = "read by the run that wrote it only",
        [typeof(CrawlSiteOutput)] = "read by the run that wrote it only",
    };

    private static IEnumerable<Type> Stored =>
        App.Assemblies.SelectMany(GivenToWriters)
            .Concat(App.Storage.GetExportedTypes().Where(type => type.Name.StartsWith("Table", StringComparison.Ordinal)).SelectMany(Parameters))
            .Concat(App.Storage.GetExportedTypes().SelectMany(Leased))
            .Concat(App.Triggered<OrchestrationTriggerAttribute>().Select(function => function.Output).OfType<Type>())
            .Concat([typeof(Offer), typeof(Review)])
            .Where(type => type.Assembly == App.Core && type.IsClass && type.Namespace != "Marketline.Core.Naming")
            .Distinct()
            .OrderBy(type => type.Name, StringComparer.Ordinal);

    private static IEnumerable<Type> Versioned => Stored.Where(type => !Exempt.ContainsKey(type));

    [TestCaseSource(nameof(Versioned))]
    public void StoredRecord_HasASchemaVersion(Type type) =>
        Assert.That(type.GetProperty("SchemaVersion")?.PropertyType, Is.EqualTo(typeof(int)), type.FullName);

    [Test]
    public void Stored_Types_AreFound()
    {
        Type[] known = [typeof(RunInput), typeof(CrawlSiteCheckpoint), typeof(RunRecord), typeof(ObjectOutcome), typeof(SiteThrottleState), typeof(GoldCommit)];

        Assert.That(Stored, Is.SupersetOf(known));
    }

    [Test]
    public void Exempt_Types_AreStored() => Assert.That(Exempt.Keys, Is.SubsetOf(Stored), "an exemption that nothing needs");

    /// <summary>The type arguments of all calls of generic methods with a writer's name.</summary>
    private static IEnumerable<Type> GivenToWriters(Assembly assembly)
    {
        using var file = new PEReader(File.OpenRead(assembly.Location));
        var count = file.GetMetadataReader().GetTableRowCount(TableIndex.MethodSpec);
        for (var row = 1; row <= count; row++)
        {
            var method = Resolve(assembly.ManifestModule, MetadataTokens.GetToken(MetadataTokens.MethodSpecificationHandle(row)));
            if (method is not null && Writers.Contains(method.Name))
            {
                foreach (var type in method.GetGenericArguments())
                {
                    yield return type;
                }
            }
        }
    }

    private static MethodBase? Resolve(Module module, int token)
    {
        try
        {
            return module.ResolveMethod(token);
        }
        catch (Exception failure) when (failure is ArgumentException or BadImageFormatException)
        {
            // A call within another generic method: that one's own calls say the type.
            return null;
        }
    }

    private static IEnumerable<Type> Parameters(Type gateway) =>
        gateway.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
            .SelectMany(method => method.GetParameters())
            .SelectMany(parameter => Within(parameter.ParameterType));

    private static IEnumerable<Type> Leased(Type gateway) =>
        gateway.GetMethods(BindingFlags.Public | BindingFlags.Instance)
            .SelectMany(method => Within(method.ReturnType))
            .Where(type => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(LeasedRecord<>))
            .Select(type => type.GetGenericArguments()[0]);

    private static IEnumerable<Type> Within(Type type) =>
        type.IsGenericType ? type.GetGenericArguments().SelectMany(Within).Prepend(type) : [type];
}
