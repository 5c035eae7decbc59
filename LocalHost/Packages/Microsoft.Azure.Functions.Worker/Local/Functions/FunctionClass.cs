using Microsoft.Extensions.DependencyInjection;

namespace Microsoft.Azure.Functions.Worker.Local.Functions;

/// <summary>Makes a function's class anew for each call, its constructor filled from the call's scope.</summary>
internal static class FunctionClass
{
    public static Func<IServiceProvider, object> Compile(Type type, string function)
    {
        try
        {
            var factory = ActivatorUtilities.CreateFactory(type, Type.EmptyTypes);
            return services => factory(services, null);
        }
        catch (InvalidOperationException e)
        {
            throw new HostStartException($"Function '{function}': {type.Name} can not be created: {e.Message}");
        }
    }

    /// <summary>Finds a forgotten registration at start; a class with several constructors is left to its first call.</summary>
    public static void CheckServices(FunctionDescriptor function, IServiceProviderIsService services)
    {
        if (function.CreateInstance is null || function.Class.GetConstructors() is not [var constructor])
        {
            return;
        }

        foreach (var parameter in constructor.GetParameters())
        {
            var isKeyed = parameter.IsDefined(typeof(FromKeyedServicesAttribute), inherit: true);
            if (!isKeyed && !parameter.HasDefaultValue && !services.IsService(parameter.ParameterType))
            {
                throw function.Complain(
                    $"its constructor wants {parameter.ParameterType.Name} '{parameter.Name}', which no service is registered for.");
            }
        }
    }
}
