using System.Reflection;
using Marketline.Core.Runs;
using Microsoft.Azure.Functions.Worker;

namespace Marketline.Tests.Architecture;

/// <summary>Orchestrators and activities meet in Core's contracts, which nothing but this checks.</summary>
public sealed class ContractsTests
{
    private static IReadOnlyList<(string Name, Type Input, Type Output)> Contracts { get; } =
    [
        .. from type in App.Core.GetTypes()
        from field in type.GetFields(BindingFlags.Public | BindingFlags.Static)
        where field.FieldType.IsGenericType && field.FieldType.GetGenericTypeDefinition() == typeof(ActivityContract<,>)
        let types = field.FieldType.GetGenericArguments()
        select ((string)field.FieldType.GetProperty("Name")!.GetValue(field.GetValue(null))!, types[0], types[1]),
    ];

    private static IEnumerable<string> Names => Contracts.Select(contract => contract.Name);

    [TestCaseSource(nameof(Names))]
    public void Contract_Name_IsAnActivityWithItsInputAndOutput(string name)
    {
        var (_, input, output) = Contracts.Single(contract => contract.Name == name);

        var activity = App.Triggered<ActivityTriggerAttribute>().Single(function => function.Name == name);

        Assert.That(activity.TriggerParameter<ActivityTriggerAttribute>()!.ParameterType, Is.EqualTo(input));
        Assert.That(activity.Output, Is.EqualTo(output));
    }

    [Test]
    public void Activities_All_HaveAContract() =>
        Assert.That(App.Triggered<ActivityTriggerAttribute>().Select(activity => activity.Name), Is.EquivalentTo(Names));

    [Test]
    public void Activities_All_TakeACancellationToken() =>
        Assert.That(
            App.Triggered<ActivityTriggerAttribute>().Where(activity => activity.Method.GetParameters()[^1].ParameterType != typeof(CancellationToken)),
            Is.Empty
        );
}
