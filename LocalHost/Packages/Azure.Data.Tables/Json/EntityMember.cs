using System.Linq.Expressions;
using System.Reflection;
using System.Runtime.Serialization;
using System.Text;
using System.Text.Json;

namespace Azure.Data.Tables.Json;

/// <summary>One public property or field of an entity class, with its accessors compiled once.</summary>
internal abstract class EntityMember
{
    protected EntityMember(MemberInfo member)
    {
        Name = member.GetCustomAttribute<DataMemberAttribute>()?.Name ?? member.Name;
        Key = Encoding.UTF8.GetBytes(Name == EntityNames.ETag ? EntityNames.ODataETag : Name);
    }

    public string Name { get; }

    /// <summary>The name under which the service returns it, in UTF-8.</summary>
    public byte[] Key { get; }

    /// <summary>Timestamp and ETag are the service's: they are read, never written.</summary>
    protected bool IsSystem => Name is EntityNames.ETag or EntityNames.Timestamp;

    public static EntityMember Of(MemberInfo member, Type type) =>
        (EntityMember)Activator.CreateInstance(typeof(EntityMember<>).MakeGenericType(type), member)!;

    public abstract void Write(Utf8JsonWriter writer, object entity);

    public abstract void Read(ref Utf8JsonReader reader, object entity);
}

internal sealed class EntityMember<T> : EntityMember
{
    private readonly EdmConverter<T> converter = EdmConverters.For<T>();
    private readonly JsonEncodedText encodedName;
    private readonly JsonEncodedText encodedTypeName;
    private readonly Func<object, T>? getter;
    private readonly Action<object, T>? setter;

    public EntityMember(MemberInfo member)
        : base(member)
    {
        encodedName = JsonEncodedText.Encode(Name);
        encodedTypeName = JsonEncodedText.Encode(Name + EntityNames.TypeSuffix);

        var (canRead, canWrite) = member switch
        {
            PropertyInfo property => (property.GetMethod?.IsPublic == true, property.SetMethod?.IsPublic == true),
            FieldInfo field => (true, !field.IsInitOnly),
            _ => (false, false),
        };
        var entity = Expression.Parameter(typeof(object));
        var access = Expression.MakeMemberAccess(Expression.Convert(entity, member.DeclaringType!), member);
        var value = Expression.Parameter(typeof(T));
        getter = canRead && !IsSystem ? Expression.Lambda<Func<object, T>>(access, entity).Compile() : null;
        setter = canWrite ? Expression.Lambda<Action<object, T>>(Expression.Assign(access, value), entity, value).Compile() : null;
    }

    public override void Write(Utf8JsonWriter writer, object entity)
    {
        if (getter is null || getter(entity) is not { } value)
        {
            return;
        }

        if (converter.TypeName is { } typeName)
        {
            writer.WriteString(encodedTypeName, typeName);
        }

        writer.WritePropertyName(encodedName);
        converter.Write(writer, value);
    }

    public override void Read(ref Utf8JsonReader reader, object entity)
    {
        if (setter is null)
        {
            return;
        }

        try
        {
            setter(entity, reader.TokenType == JsonTokenType.Null ? default! : converter.Read(ref reader));
        }
        catch (Exception unfit)
            when (unfit is InvalidOperationException or FormatException or OverflowException or ArgumentException)
        {
            throw new InvalidOperationException(
                $"The stored value of '{Name}' ({reader.TokenType}) does not fit {entity.GetType()}'s {typeof(T)}.", unfit);
        }
    }
}
