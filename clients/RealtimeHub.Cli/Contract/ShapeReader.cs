using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using RealtimeHub.Protocol.Channels;
using RealtimeHub.Protocol.Json;
using RealtimeHub.Protocol.Numerics;
using RealtimeHub.Protocol.Requests;

namespace RealtimeHub.Cli.Contract;

/// <summary>Reads types by the contract that the serialiser itself goes by.</summary>
internal sealed class ShapeReader(XmlDocs docs, ConstantsReader constants)
{
    private static readonly Dictionary<Type, WireShape> Simple = new()
    {
        [typeof(string)] = new(WireKind.Text),
        [typeof(bool)] = new(WireKind.Boolean),
        [typeof(byte)] = new(WireKind.Integer, Bits: 32),
        [typeof(short)] = new(WireKind.Integer, Bits: 32),
        [typeof(ushort)] = new(WireKind.Integer, Bits: 32),
        [typeof(uint)] = new(WireKind.Integer, Bits: 64),
        [typeof(int)] = new(WireKind.Integer, Bits: 32),
        [typeof(long)] = new(WireKind.Integer, Bits: 64),
        [typeof(ulong)] = new(WireKind.Integer, Bits: 64),
        [typeof(float)] = new(WireKind.Number, Bits: 32),
        [typeof(double)] = new(WireKind.Number, Bits: 64),
        [typeof(Guid)] = new(WireKind.Text),
        [typeof(DateTimeOffset)] = new(WireKind.Timestamp),
        [typeof(byte[])] = new(WireKind.Bytes),
        [typeof(ReadOnlyMemory<byte>)] = new(WireKind.Bytes),
        [typeof(BinaryBlock)] = new(WireKind.Bytes),
        [typeof(JsonPayload)] = new(WireKind.Any),
        [typeof(JsonElement)] = new(WireKind.Any),
    };

    private readonly SortedDictionary<string, WireType?> _types = new(StringComparer.Ordinal);

    public IReadOnlyList<WireType> Types => [.. _types.Values.OfType<WireType>()];

    public WireShape Read(Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (Simple.TryGetValue(type, out var simple))
        {
            return simple;
        }

        var contract = RealtimeJsonContext.Default.GetTypeInfo(type)
            ?? throw new ContractException($"{type} is on the wire, but RealtimeJsonContext does not know it.");
        return contract.Kind switch
        {
            JsonTypeInfoKind.Enumerable => new WireShape(WireKind.List, Item: Read(contract.ElementType!)),
            JsonTypeInfoKind.Dictionary => new WireShape(WireKind.Map, Item: Read(contract.ElementType!)),
            JsonTypeInfoKind.Object => Object(contract),
            _ => throw new ContractException($"{type} has a converter of its own, which has no schema."),
        };
    }

    private WireShape Object(JsonTypeInfo contract)
    {
        var name = contract.Type.Name;
        if (!_types.ContainsKey(name))
        {
            // A type may hold itself.
            _types.Add(name, null);
            var members = contract.Properties.Where(IsOnWire).Select(p => Member(contract, p)).ToList();
            _types[name] = new WireType(name, members, docs.Type(contract.Type), Variants(contract));
        }

        return new WireShape(WireKind.Type, [name]);
    }

    private static bool IsOnWire(JsonPropertyInfo property) => property.Name.Length > 0 && (property.Get ?? (object?)property.Set) is not null;

    private WireMember Member(JsonTypeInfo owner, JsonPropertyInfo property)
    {
        var docsOfMember = property.AttributeProvider is PropertyInfo declared ? docs.Property(declared) : null;
        var shape = Read(property.PropertyType);
        if ((shape.Kind == WireKind.Text ? shape : shape.Item)?.Kind == WireKind.Text && Tables(property) is { Count: > 0 } tables)
        {
            var constant = new WireShape(WireKind.Constant, tables);
            shape = shape.Kind == WireKind.Text ? constant : shape with { Item = constant };
        }

        return new WireMember(property.Name, shape, IsRequired(owner, property), docsOfMember);
    }

    // What the server writes always has its members but for nulls; of what it reads each member may be missing.
    private static bool IsRequired(JsonTypeInfo owner, JsonPropertyInfo property) =>
        property.IsRequired
        || (!owner.Type.IsSubclassOf(typeof(HubRequest))
            && !property.IsGetNullable
            && Nullable.GetUnderlyingType(property.PropertyType) is null
            && Ignore(property) is null or JsonIgnoreCondition.Never);

    private static JsonIgnoreCondition? Ignore(JsonPropertyInfo property) =>
        (property.AttributeProvider as PropertyInfo)?.GetCustomAttribute<JsonIgnoreAttribute>()?.Condition;

    private List<string> Tables(JsonPropertyInfo property)
    {
        var tables = new List<string>();
        foreach (var reference in DocText.References(property.AttributeProvider is PropertyInfo declared ? docs.Property(declared) : null))
        {
            if (constants.TryRead(reference, out var table))
            {
                tables.Add(table.Name);
            }
        }

        return tables;
    }

    // A union is a type with a member whose every value is the name of another member.
    private WireVariants? Variants(JsonTypeInfo contract)
    {
        var names = contract.Properties.Select(p => p.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var property in contract.Properties.Where(p => p.PropertyType == typeof(string)))
        {
            var values = constants.Read.Where(t => Tables(property).Contains(t.Name)).SelectMany(t => t.Values).Select(v => v.Value).ToList();
            if (values.Count > 1 && values.TrueForAll(names.Contains))
            {
                return new WireVariants(property.Name, values);
            }
        }

        return null;
    }
}
