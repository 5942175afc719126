using System.Globalization;

namespace RealtimeHub.Cli.Contract;

/// <summary>The types and the tables of constants in TypeScript.</summary>
internal static class TypeScriptTypes
{
    /// <summary>Every type, spelled as on the wire. Nothing of it is left at run time.</summary>
    public static string Types(WireContract contract)
    {
        var text = new TypeScriptText(contract);
        foreach (var type in contract.Types)
        {
            _ = type.Variants is null ? Interface(text, type) : Union(text, type, type.Variants);
        }

        var constants = contract.Constants.Select(c => c.Singular).Where(text.Used.Contains);
        return text.ToString().Insert(FirstLine(text), $"import type {{ {string.Join(", ", constants)} }} from \"./constants.js\";\n");
    }

    /// <summary>Every table of constants, and the version.</summary>
    public static string Constants(WireContract contract)
    {
        var text = new TypeScriptText(contract);
        text.Line().Docs("The version of the wire that these types describe.").Line($"export const PROTOCOL_VERSION = \"{contract.Version}\";");
        foreach (var table in contract.Constants)
        {
            Table(text, table);
        }

        return text.ToString();
    }

    private static int FirstLine(TypeScriptText text) => text.ToString().IndexOf('\n', StringComparison.Ordinal) + 1;

    private static TypeScriptText Interface(TypeScriptText text, WireType type)
    {
        text.Line().Docs(type.Docs);
        if (type.Members.Count == 0)
        {
            return text.Line($"export type {type.Name} = Readonly<Record<string, never>>;");
        }

        text.Line($"export interface {type.Name} {{");
        foreach (var member in type.Members)
        {
            Member(text, member, "  ");
        }

        return text.Line("}");
    }

    private static void Member(TypeScriptText text, WireMember member, string indent) =>
        text.Docs(member.Docs, indent).Line($"{indent}readonly {NameOf(member)}{(member.IsRequired ? "" : "?")}: {text.Type(member.Shape)};");

    // A name that is no identifier, as those with a prefix, stands in quotes.
    private static string NameOf(WireMember member) => member.Name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_') ? member.Name : $"\"{member.Name}\"";

    private static TypeScriptText Union(TypeScriptText text, WireType type, WireVariants variants)
    {
        text.Line().Docs(type.Docs).Line($"export type {type.Name} =");
        for (var i = 0; i < variants.Values.Count; i++)
        {
            var value = variants.Values[i];
            text.Line("  | {").Line($"      readonly {variants.Discriminator}: \"{value}\";");
            foreach (var member in type.Members.Where(m => m.Name == value || (m.Name != variants.Discriminator && !variants.Values.Contains(m.Name))))
            {
                Member(text, member.Name == value ? member with { IsRequired = true } : member, "      ");
            }

            text.Line(i < variants.Values.Count - 1 ? "    }" : "    };");
        }

        return text;
    }

    private static void Table(TypeScriptText text, WireConstants table)
    {
        text.Line().Docs(table.Docs).Line($"export const {table.Name} = {{");
        foreach (var value in table.Values)
        {
            text.Docs(value.Docs, "  ").Line($"  {value.Name}: \"{value.Value}\",");
        }

        text.Line("} as const;");
        text.Line().Docs($"One of {{@link {table.Name}}}.").Line($"export type {table.Singular} = (typeof {table.Name})[keyof typeof {table.Name}];");
        if (table.Values.Any(v => v.Facts.Count > 0))
        {
            Facts(text, table);
        }
    }

    private static void Facts(TypeScriptText text, WireConstants table)
    {
        var row = string.Join("; ", table.Values[0].Facts.Select(f => $"readonly {f.Name}: {(f.Value is bool ? "boolean" : "number")}"));
        text.Line().Docs($"What each of {{@link {table.Name}}} means for what to do next.");
        text.Line($"export const {table.Singular}Facts: Readonly<Record<{table.Singular}, {{ {row} }}>> = {{");
        foreach (var value in table.Values)
        {
            text.Line($"  {value.Value}: {{ {string.Join(", ", value.Facts.Select(f => $"{f.Name}: {Literal(f.Value)}"))} }},");
        }

        text.Line("};");
    }

    private static string Literal(object value) => value is bool truth ? (truth ? "true" : "false") : string.Create(CultureInfo.InvariantCulture, $"{value}");
}
