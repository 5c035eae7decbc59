using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.Serialization;
using System.Text.Json;

namespace Azure.Data.Tables.Json;

/// <summary>
/// Maps an entity class: its public properties and fields without <see cref="IgnoreDataMemberAttribute"/>, and in any case the
/// properties of <see cref="ITableEntity"/>. Built once per class.
/// </summary>
internal sealed class EntityBinder
{
    private static readonly ConcurrentDictionary<Type, EntityBinder> Binders = new();

    private readonly EntityMember[] members;

    private EntityBinder(Type type)
    {
        var bound = type.GetMembers(BindingFlags.Public | BindingFlags.Instance)
            .Where(member => member is FieldInfo || member is PropertyInfo property && property.GetIndexParameters().Length == 0)
            .Where(member => !member.IsDefined(typeof(IgnoreDataMemberAttribute)))
            .ToList();
        var hidden = typeof(ITableEntity).GetProperties().Where(own => bound.TrueForAll(member => member.Name != own.Name));
        members = bound.Concat(hidden).Select(member => EntityMember.Of(member, TypeOf(member))).ToArray();
    }

    public static EntityBinder For(Type type) => Binders.GetOrAdd(type, static key => new EntityBinder(key));

    public void Write(Utf8JsonWriter writer, object entity)
    {
        foreach (var member in members)
        {
            member.Write(writer, entity);
        }
    }

    /// <summary>Reads the object that the reader stands on; properties that the class lacks are skipped.</summary>
    public void Read(ref Utf8JsonReader reader, object entity)
    {
        var next = 0;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var index = Find(ref reader, next);
            reader.Read();
            if (index >= 0)
            {
                members[index].Read(ref reader, entity);
                next = index + 1;
            }

            reader.Skip();
        }
    }

    /// <summary>Entities come in the order of their members more often than not, so the search starts behind the last hit.</summary>
    private int Find(ref Utf8JsonReader reader, int start)
    {
        for (var step = 0; step < members.Length; step++)
        {
            var index = (start + step) % members.Length;
            if (reader.ValueTextEquals(members[index].Key))
            {
                return index;
            }
        }

        return -1;
    }

    private static Type TypeOf(MemberInfo member) =>
        member is PropertyInfo property ? property.PropertyType : ((FieldInfo)member).FieldType;
}
