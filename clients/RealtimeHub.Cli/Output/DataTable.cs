using Spectre.Console;

namespace RealtimeHub.Cli.Output;

/// <summary>A plain table of text.</summary>
internal static class DataTable
{
    public static Table Of(IReadOnlyList<string> headers, IEnumerable<IReadOnlyList<string>> rows)
    {
        var table = new Table().Border(TableBorder.None);
        foreach (var header in headers)
        {
            table.AddColumn(new TableColumn(new Text(header.ToUpperInvariant(), new Style(decoration: Decoration.Bold))).NoWrap());
        }

        foreach (var row in rows)
        {
            table.AddRow(row.Select(cell => new Text(Printable.Text(cell))));
        }

        return table;
    }
}
