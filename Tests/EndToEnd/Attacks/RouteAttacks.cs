using Marketline.Functions.Http.Operations;

namespace Marketline.Tests.EndToEnd.Attacks;

/// <summary>Every hostile value in every parameter of every route.</summary>
[Parallelizable]
[CancelAfter(120_000)]
public sealed class RouteAttacks
{
    [Test]
    public async Task RouteParameters_HostileValues_AreRefused()
    {
        var installation = await AttackSetup.GetAsync();
        var values = HostileValues.All(installation);

        var attacks =
            from operation in AttackedEndpoints.All
            from parameter in AttackedEndpoints.Parameters(operation)
            from method in operation.Methods
            from value in values
            where IsMeant(operation, method, value, installation)
            select Attack(installation, operation, method, parameter, value);

        await Attacks.AssertHarmlessAsync(installation, attacks);
    }

    /// <summary>The same with the key of a tenant: whatever the value, the operator's endpoints do not open.</summary>
    [Test]
    public async Task OperatorsRouteParameters_TenantsKey_AreRefused()
    {
        var installation = await AttackSetup.GetAsync();
        string[] raws = [installation.Victim.TenantId.Value, installation.Attacker.TenantId.Value, installation.Victim.Owner.Id, "..%2f", "%27%20or%20%271%27%20eq%20%271"];

        var attacks =
            from operation in AttackedEndpoints.Guarded
            where operation.Access == EndpointAccess.Admin
            from parameter in AttackedEndpoints.Parameters(operation).DefaultIfEmpty()
            from method in operation.Methods
            from raw in raws
            let path = AttackedEndpoints.Path(operation, installation.Attacker, parameter, raw)
            select new Attack($"{method} {path}", () => Attacks.Request(installation, method, path, installation.Attacker.Owner.Reveal(), Body(operation, method)), raw) { Status = 403 };

        await Attacks.AssertHarmlessAsync(installation, attacks);
    }

    /// <summary>The operator may name the victim; and what the server takes out of a path leads the operator elsewhere.</summary>
    private static bool IsMeant(ApiOperation operation, string method, HostileValue value, AttackedInstallation installation) =>
        method != "DELETE" && operation.Access != EndpointAccess.Admin
        || !value.MayVanish && (operation.Access != EndpointAccess.Admin || HostileValues.OthersIds(installation.Victim).All(id => id.Raw != value.Raw));

    private static Attack Attack(AttackedInstallation installation, ApiOperation operation, string method, string parameter, HostileValue value)
    {
        var path = AttackedEndpoints.Path(operation, installation.Attacker, parameter, value.Raw);
        var isOperators = operation.Access == EndpointAccess.Admin;
        // Somebody else's plan is a name like any other: a plan of the attacker's own may be called so.
        var mayBeOwn = parameter == "planId" && value.Raw == installation.Victim.PlanId;
        return new Attack(
            $"{method} {operation.Route} {parameter} = {value.Name}",
            () => Attacks.Request(installation, method, path, AttackedEndpoints.Key(operation, installation), Body(operation, method)),
            value.Echoes
        )
        {
            MayPass = value.MayVanish || mayBeOwn || operation.Access == EndpointAccess.Anyone,
            IsOperators = isOperators,
        };
    }

    private static HttpContent? Body(ApiOperation operation, string method) => AttackedEndpoints.HasBody(operation, method) ? Attacks.Json("{}") : null;
}
