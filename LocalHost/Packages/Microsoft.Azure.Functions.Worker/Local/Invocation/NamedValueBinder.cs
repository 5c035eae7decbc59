using System.Reflection;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Microsoft.Azure.Functions.Worker.Local.Invocation;

/// <summary>
/// A parameter without an attribute takes the trigger's value of its name (a route or query value, an instance id). It is
/// converted as by the real worker: as it is, as a GUID, as a time, else as JSON.
/// </summary>
internal sealed class NamedValueBinder(ParameterInfo parameter) : IParameterBinder
{
    private readonly string _name = parameter.Name!;
    private readonly Type _type = parameter.ParameterType;
    private readonly Type _plainType = Nullable.GetUnderlyingType(parameter.ParameterType) ?? parameter.ParameterType;
    private readonly bool _isOptional = parameter.HasDefaultValue;
    private readonly object? _default = parameter.HasDefaultValue ? parameter.DefaultValue : null;

    /// <summary>Values of one word or number; anything else needs an attribute that says where it comes from.</summary>
    public static bool Accepts(Type type)
    {
        var plain = Nullable.GetUnderlyingType(type) ?? type;
        return plain.IsPrimitive || plain.IsEnum || plain == typeof(string) || plain == typeof(decimal) || plain == typeof(Guid)
            || plain == typeof(DateTime) || plain == typeof(DateTimeOffset);
    }

    public ValueTask<object?> BindAsync(LocalFunctionContext context)
    {
        if (!context.BindingContext.BindingData.TryGetValue(_name, out var value) || value is null)
        {
            return _isOptional || !_type.IsValueType || _plainType != _type
                ? new ValueTask<object?>(_default)
                : throw new FunctionInputException(context.FunctionDefinition.Name, _name, "there is no value of that name");
        }

        return new ValueTask<object?>(_type.IsInstanceOfType(value) ? value : Convert(context, value.ToString()!));
    }

    private object? Convert(LocalFunctionContext context, string text)
    {
        if (_plainType == typeof(Guid) && Guid.TryParse(text, out var guid))
        {
            return guid;
        }

        if (_plainType == typeof(DateTimeOffset) && DateTimeOffset.TryParse(text, null, out var instant))
        {
            return instant;
        }

        if (_plainType == typeof(DateTime) && DateTime.TryParse(text, null, out var time))
        {
            return time;
        }

        try
        {
            var options = context.InstanceServices.GetRequiredService<IOptions<JsonSerializerOptions>>().Value;
            return JsonSerializer.Deserialize(text, _type, options);
        }
        catch (JsonException e)
        {
            throw new FunctionInputException(context.FunctionDefinition.Name, _name, $"'{text}' is not a {_plainType.Name}", e);
        }
    }
}
