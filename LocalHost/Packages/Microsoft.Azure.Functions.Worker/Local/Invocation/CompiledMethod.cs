using System.Linq.Expressions;
using System.Reflection;

namespace Microsoft.Azure.Functions.Worker.Local.Invocation;

/// <summary>A function's method as a delegate, whatever it returns: nothing, a value, a Task or a ValueTask.</summary>
internal delegate ValueTask<object?> CompiledCall(object? instance, object?[] arguments);

/// <inheritdoc cref="CompiledCall"/>
internal sealed class CompiledMethod(CompiledCall call)
{
    public ValueTask<object?> InvokeAsync(object? instance, object?[] arguments) => call(instance, arguments);

    public static CompiledMethod Of(MethodInfo method)
    {
        var instance = Expression.Parameter(typeof(object), "instance");
        var arguments = Expression.Parameter(typeof(object[]), "arguments");
        var values = method.GetParameters().Select((p, i) => (Expression)Expression.Convert(
            Expression.ArrayIndex(arguments, Expression.Constant(i)), p.ParameterType));
        var call = Expression.Call(method.IsStatic ? null : Expression.Convert(instance, method.DeclaringType!), method, values);
        var body = call.Type == typeof(void)
            ? (Expression)Expression.Block(call, Expression.Default(typeof(ValueTask<object?>)))
            : Expression.Call(Adapter(call.Type), call);
        return new CompiledMethod(Expression.Lambda<CompiledCall>(body, instance, arguments).Compile());
    }

    private static MethodInfo Adapter(Type type)
    {
        if (type == typeof(Task) || type == typeof(ValueTask))
        {
            return Own(type == typeof(Task) ? nameof(FromTask) : nameof(FromValueTask));
        }

        var generic = type.IsGenericType ? type.GetGenericTypeDefinition() : null;
        if (generic == typeof(Task<>) || generic == typeof(ValueTask<>))
        {
            return Own(generic == typeof(Task<>) ? nameof(FromTaskOf) : nameof(FromValueTaskOf))
                .MakeGenericMethod(type.GetGenericArguments()[0]);
        }

        return Own(nameof(FromValue)).MakeGenericMethod(type);
    }

    private static MethodInfo Own(string name) =>
        typeof(CompiledMethod).GetMethod(name, BindingFlags.NonPublic | BindingFlags.Static)!;

    private static ValueTask<object?> FromValue<T>(T value) => new((object?)value);

    private static async ValueTask<object?> FromTask(Task task)
    {
        await task;
        return null;
    }

    private static async ValueTask<object?> FromValueTask(ValueTask task)
    {
        await task;
        return null;
    }

    private static async ValueTask<object?> FromTaskOf<T>(Task<T> task) => await task;

    private static async ValueTask<object?> FromValueTaskOf<T>(ValueTask<T> task) => await task;
}
