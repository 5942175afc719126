using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace RealtimeHub.Protocol.MessagePack;

/// <summary>Writes objects of one type as maps of their members. Thread-safe.</summary>
internal sealed class ObjectWriter
{
    private readonly Member[] _members;

    public ObjectWriter(JsonTypeInfo contract, ContractWriter values) =>
        _members = [.. contract.Properties.Where(p => p.Get is not null).Select(p => new Member(p, contract.Options, values))];

    /// <summary>Whether the contract says nothing that only JSON's own serialiser knows how to do.</summary>
    public static bool CanWrite(JsonTypeInfo contract) =>
        contract.OnSerializing is null
        && contract.OnSerialized is null
        && contract.Properties.All(p => p is { CustomConverter: null, IsExtensionData: false, NumberHandling: null });

    public void Write(MessagePackWriter writer, object value)
    {
        var place = writer.ReserveMapHeader(_members.Length);
        var count = 0;
        foreach (var member in _members)
        {
            if (member.TryWrite(writer, value))
            {
                count++;
            }
        }

        writer.FillMapHeader(place, _members.Length, count);
    }

    private sealed class Member
    {
        private readonly byte[] _name;
        private readonly Func<object, object?> _get;
        private readonly JsonIgnoreCondition _ignore;
        private readonly object? _default;
        private readonly ContractWriter _values;
        private readonly Type _type;
        private ValueWriter? _write;

        public Member(JsonPropertyInfo property, JsonSerializerOptions options, ContractWriter values)
        {
            var name = new MessagePackWriter();
            name.WriteString(property.Name);
            _name = name.Written.ToArray();
            _get = property.Get!;
            _type = property.PropertyType;
            _values = values;
            _ignore = (property.AttributeProvider as PropertyInfo)?.GetCustomAttribute<JsonIgnoreAttribute>()?.Condition ?? options.DefaultIgnoreCondition;
            _default = _ignore == JsonIgnoreCondition.WhenWritingDefault && _type.IsValueType ? Activator.CreateInstance(_type) : null;
        }

        public bool TryWrite(MessagePackWriter writer, object owner)
        {
            var value = _get(owner);
            if (_ignore != JsonIgnoreCondition.Never && Equals(value, _default) && (value is null || _ignore == JsonIgnoreCondition.WhenWritingDefault))
            {
                return false;
            }

            writer.WriteRaw(_name);
            if (value is null)
            {
                writer.WriteNil();
            }
            else
            {
                _write ??= _type == typeof(object) ? _values.Write : _values.Of(_type);
                _write(writer, value);
            }

            return true;
        }
    }
}
