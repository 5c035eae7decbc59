using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Xml.Linq;

namespace Marketline.Tests.Architecture;

/// <summary><c>FunctionsApp → Platforms | Storage | Analytics → Core</c>, and the storage SDKs in one place.</summary>
public sealed class ProjectReferencesTests
{
    [TestCase("Core/Core.csproj")]
    [TestCase("Platforms/Platforms.csproj", "Core")]
    [TestCase("Storage/Storage.csproj", "Core")]
    [TestCase("Analytics/Analytics.csproj", "Core")]
    [TestCase("FunctionsApp.csproj", "Analytics", "Core", "Platforms", "Storage")]
    public void Project_OwnReferences_PointDownwards(string project, params string[] expected)
    {
        var references = Items(project, "ProjectReference").Where(path => !path.Contains("$(StandIns)", StringComparison.Ordinal));

        Assert.That(references.Select(Path.GetFileNameWithoutExtension).Order(), Is.EqualTo(expected));
    }

    [Test]
    public void Core_Packages_AreNoAzureSdk()
    {
        var packages = Items("Core/Core.csproj", "PackageReference").Concat(Items("Core/Core.csproj", "AzurePackage"));

        Assert.That(packages, Is.EqualTo(new[] { "NCrontab.Signed" }));
        Assert.That(References(App.Core), Has.None.StartsWith("Azure").And.None.StartsWith("Microsoft.Azure").And.None.StartsWith("Microsoft.DurableTask"));
    }

    [Test]
    public void StorageSdks_AreReferencedByStorageOnly()
    {
        var users = App.Assemblies.Where(assembly =>
            References(assembly).Any(name => name.StartsWith("Azure.Storage", StringComparison.Ordinal) || name is "Azure.Data.Tables" or "Azure.Identity")
        );

        Assert.That(users.Select(assembly => assembly.GetName().Name), Is.EqualTo(new[] { "Marketline.Storage" }));
    }

    /// <summary>Not even its exceptions: StorageFailures knows them.</summary>
    [Test]
    public void AzureCore_OutsideStorage_IsNotUsed()
    {
        var used = App.Assemblies.Except([App.Storage]).SelectMany(assembly => TypesFrom(assembly, "Azure.Core"));

        Assert.That(used, Is.Empty);
    }

    [Test]
    public void App_References_NothingOfTheLocalHost() =>
        Assert.That(App.Assemblies.SelectMany(References), Has.None.StartsWith("Marketline.LocalHost"));

    private static IEnumerable<string> Items(string project, string kind) =>
        XDocument.Load(Path.Combine(RepositoryPaths.Root, project)).Descendants(kind).Select(item => item.Attribute("Include")!.Value);

    private static IEnumerable<string> References(Assembly assembly) => assembly.GetReferencedAssemblies().Select(name => name.Name!);

    private static List<string> TypesFrom(Assembly assembly, string reference)
    {
        using var file = new PEReader(File.OpenRead(assembly.Location));
        var metadata = file.GetMetadataReader();
        return
        [
            .. from handle in metadata.TypeReferences
            let type = metadata.GetTypeReference(handle)
            where type.ResolutionScope.Kind == HandleKind.AssemblyReference
            let scope = metadata.GetAssemblyReference((AssemblyReferenceHandle)type.ResolutionScope)
            where metadata.GetString(scope.Name) == reference
            select $"{metadata.GetString(type.Namespace)}.{metadata.GetString(type.Name)}",
        ];
    }
}
