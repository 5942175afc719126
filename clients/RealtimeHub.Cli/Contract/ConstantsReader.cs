using System.Reflection;
using System.Text.Json;

namespace RealtimeHub.Cli.Contract;

/// <summary>Reads tables of constants: static classes of texts, or of rows whose text is their code.</summary>
internal sealed class ConstantsReader(Assembly assembly, XmlDocs docs)
{
    private readonly SortedDictionary<string, WireConstants> _tables = new(StringComparer.Ordinal);

    public IReadOnlyList<WireConstants> Read => [.. _tables.Values];

    /// <summary>Reads the table that a type is; false when it is none.</summary>
    public bool TryRead(string fullName, out WireConstants table)
    {
        table = null!;
        if (assembly.GetType(fullName) is not { IsAbstract: true, IsSealed: true } type)
        {
            return false;
        }

        if (!_tables.TryGetValue(type.Name, out table!))
        {
            table = new WireConstants(type.Name, [.. Values(type)], docs.Type(type));
            if (table.Values.Count == 0)
            {
                return false;
            }

            _tables.Add(type.Name, table);
        }

        return true;
    }

    private IEnumerable<WireConstant> Values(Type type)
    {
        foreach (var field in type.GetFields(BindingFlags.Public | BindingFlags.Static))
        {
            if (field is { IsLiteral: true } && field.FieldType == typeof(string))
            {
                yield return new WireConstant(field.Name, (string)field.GetRawConstantValue()!, [], docs.Field(field));
            }
            else if (field.GetValue(null) is { } row && row.GetType().Assembly == assembly)
            {
                yield return new WireConstant(field.Name, row.ToString()!, [.. Facts(row)], docs.Field(field));
            }
        }
    }

    private static IEnumerable<(string Name, object Value)> Facts(object row) =>
        from property in row.GetType().GetProperties()
        where property.PropertyType == typeof(bool) || property.PropertyType == typeof(int)
        select (JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name), property.GetValue(row)!);
}
