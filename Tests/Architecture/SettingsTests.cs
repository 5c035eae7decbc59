using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Marketline.Tests.Architecture;

/// <summary>docs/operating.md holds every setting with its default, and the sample holds no other ones.</summary>
public sealed partial class SettingsTests
{
    private static readonly string Page = File.ReadAllText(Path.Combine(RepositoryPaths.Root, "docs", "operating.md"));

    private static readonly Dictionary<string, string> Documented = SettingRow()
        .Matches(Page[Page.IndexOf("## Settings", StringComparison.Ordinal)..])
        .ToDictionary(row => row.Groups["name"].Value, row => row.Groups["default"].Value.Trim());

    private static IEnumerable<Type> OptionTypes => App.Assemblies.SelectMany(assembly => assembly.GetTypes()).Where(type => Section(type) is not null);

    private static IEnumerable<TestCaseData> Options =>
        from type in OptionTypes
        from property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
        where property.GetSetMethod() is not null || property.PropertyType.IsAssignableTo(typeof(IEnumerable)) && property.PropertyType != typeof(string)
        select new TestCaseData($"{Section(type)}:{property.Name}", Default(property.GetValue(Activator.CreateInstance(type))));

    [TestCaseSource(nameof(Options))]
    public void Option_Row_HasTheDefault(string name, string expected) =>
        Assert.That(Documented.GetValueOrDefault(name), Is.EqualTo(expected), $"{name} in docs/operating.md");

    [Test]
    public void OptionTypes_Names_EndInOptions() => Assert.That(OptionTypes.Select(type => type.Name), Is.Not.Empty.And.All.EndsWith("Options"));

    [Test]
    public void Rows_WithASection_AreOfAnOption() =>
        Assert.That(Documented.Keys.Where(name => name.Contains(':')), Is.EquivalentTo(Options.Select(option => option.Arguments[0])));

    [Test]
    public void Sample_Settings_AreDocumented()
    {
        using var sample = JsonDocument.Parse(File.ReadAllText(Path.Combine(RepositoryPaths.Root, "local.settings.sample.json")));

        var names = sample.RootElement.GetProperty("Values").EnumerateObject().Select(setting => Index().Replace(setting.Name, "").Replace("__", ":"));

        Assert.That(names.Distinct(), Is.SubsetOf(Documented.Keys));
    }

    private static string? Section(Type type) =>
        type.GetField("SectionName", BindingFlags.Public | BindingFlags.Static)?.GetRawConstantValue() as string;

    private static string Default(object? value) =>
        value switch
        {
            null or "" => "none",
            string text => $"`{text.Replace(Path.GetTempPath(), "<temp>/", StringComparison.Ordinal)}`",
            IEnumerable => "none",
            _ => $"`{Convert.ToString(value, CultureInfo.InvariantCulture)}`",
        };

    [GeneratedRegex(@"^\| `(?<name>[\w:]+)` \|(?<default>[^|]*)\|", RegexOptions.Multiline)]
    private static partial Regex SettingRow();

    [GeneratedRegex(@"__\d+$")]
    private static partial Regex Index();
}
