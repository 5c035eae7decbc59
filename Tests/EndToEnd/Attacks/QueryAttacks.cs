using Marketline.Functions.Http.Operations;

namespace Marketline.Tests.EndToEnd.Attacks;

/// <summary>Every hostile value in every query parameter; and names of parameters that some other system would listen to.</summary>
[Parallelizable]
[CancelAfter(120_000)]
public sealed class QueryAttacks
{
    private static readonly string[] Undeclared =
    [
        "tenantId", "tenant", "tenant_id", "TenantId", "x-tenant-id", "accountId", "owner", "$filter", "$select", "filter", "prefix", "container", "comp", "restype", "NextPartitionKey", "NextRowKey",
        "continuationToken", "cursor", "limit", "marker", "instanceId", "taskHub", "connection", "code", "api_key", "access_token", "key", "role", "admin", "debug", "_method", "callback",
    ];

    [Test]
    public async Task QueryParameters_HostileValues_GiveNothingOfOthers()
    {
        var installation = await AttackSetup.GetAsync();
        var values = HostileValues.All(installation).Where(value => !value.MayVanish && !value.Raw.Contains('#') && !value.Raw.Contains('?')).ToList();

        var attacks =
            from operation in AttackedEndpoints.Guarded
            where operation.Methods.Contains("GET")
            from parameter in operation.Query
            from value in values
            where operation.Access != EndpointAccess.Admin || HostileValues.OthersIds(installation.Victim).All(id => id.Raw != value.Raw)
            select Attack(installation, operation, parameter.Name, value);

        await Attacks.AssertHarmlessAsync(installation, attacks);
    }

    [Test]
    public async Task UndeclaredParameters_VictimsIds_ChangeNothing()
    {
        var installation = await AttackSetup.GetAsync();
        var victim = installation.Victim;

        var attacks =
            from operation in AttackedEndpoints.Tenants
            where operation.Methods.Contains("GET")
            from name in Undeclared
            where operation.Query.All(declared => declared.Name != name)
            let value = name.StartsWith('$') ? $"PartitionKey eq '{victim.TenantId}'" : victim.TenantId.Value
            select Attack(installation, operation, name, HostileValue.Of(value, value));

        await Attacks.AssertHarmlessAsync(installation, attacks);
    }

    [Test]
    public async Task RepeatedParameters_OneOfThemOthers_GiveNothingOfOthers()
    {
        var installation = await AttackSetup.GetAsync();

        var attacks =
            from operation in AttackedEndpoints.Tenants
            where operation.Methods.Contains("GET")
            from parameter in operation.Query
            from value in HostileValues.OthersIds(installation.Victim)
            select Attack(installation, operation, $"{parameter.Name}=x&{parameter.Name.ToUpperInvariant()}=y&{parameter.Name}", value);

        await Attacks.AssertHarmlessAsync(installation, attacks.DefaultIfEmpty(Attack(installation, AttackedEndpoints.Tenants.First(), "x", HostileValue.Of("x", "x"))));
    }

    /// <summary>Asking for what is not there leaves nothing: tables are the account's, and everybody's to wait for.</summary>
    [TestCase("0001-01")]
    [TestCase("1999-12")]
    [TestCase("9999-12")]
    public async Task Months_OfLongAgo_MakeNoTables(string month)
    {
        var installation = await AttackSetup.GetAsync();

        var attacks =
            from operation in AttackedEndpoints.Tenants
            where operation.Query.Any(parameter => parameter.Name == "month")
            select Attack(installation, operation, "month", HostileValue.Of(month, month));

        await Attacks.AssertHarmlessAsync(installation, attacks);
        Assert.That(await TablesAsync(installation, month.Replace("-", "", StringComparison.Ordinal)), Is.Empty);
    }

    private static Attack Attack(AttackedInstallation installation, ApiOperation operation, string parameter, HostileValue value)
    {
        var path = $"{AttackedEndpoints.Path(operation, installation.Attacker)}?{parameter}={value.Raw}";
        return new Attack(
            $"GET {operation.Route} ?{parameter} = {value.Name}",
            () => Attacks.Request(installation, "GET", path, AttackedEndpoints.Key(operation, installation)),
            value.Echoes
        )
        {
            MayPass = true,
            IsOperators = operation.Access == EndpointAccess.Admin,
        };
    }

    private static async Task<List<string>> TablesAsync(AttackedInstallation installation, string month)
    {
        var names = new List<string>();
        await foreach (var table in installation.Tables.QueryAsync((string?)null))
        {
            if (table.Name.EndsWith(month, StringComparison.Ordinal))
            {
                names.Add(table.Name);
            }
        }

        return names;
    }
}
