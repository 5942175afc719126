using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace RealtimeHub.Benchmarks.Comparing;

/// <summary>The result of a comparison, printed line by line as it comes.</summary>
/// <remarks>Used by one comparison at a time.</remarks>
internal sealed class ResultTable(TextWriter output)
{
    private static readonly CompositeFormat Layout =
        CompositeFormat.Parse("{0,-9} {1,-26} {2,-9} {3,12} {4,12} {5,-12} {6,6} {7,-8} {8,-4} {9}");

    private static readonly JsonSerializerOptions JsonOptions = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private readonly List<ResultRow> _rows = [];

    /// <summary>Whether everything that is required was reached.</summary>
    public bool Passed => _rows.TrueForAll(row => row.Passed != false);

    /// <summary>Prints the names of the columns.</summary>
    public void PrintHeader() =>
        Print("measured", "load", "server", "value", "reference", "unit", "ratio", "required", "", "");

    /// <summary>Adds a line and prints it.</summary>
    public void Add(ResultRow row)
    {
        _rows.Add(row);
        var verdict = row.Passed switch { true => "pass", false => "FAIL", null => "" };
        Print(
            row.Measurement, row.Load, row.Variant, Number(row.Value), Number(row.Reference), row.Unit,
            row.Ratio?.ToString("0.00", CultureInfo.InvariantCulture), row.Required, verdict, row.Note);
    }

    /// <summary>All lines as a Markdown table.</summary>
    public string ToMarkdown() => string.Join('\n',
    [
        "| measured | load | server | value | reference | ratio | required |",
        "|---|---|---|---|---|---|---|",
        .. _rows.Select(row => $"| {row.Measurement} | {row.Load} | {row.Variant} | {Number(row.Value)} {row.Unit} | {Number(row.Reference)} | "
            + $"{row.Ratio?.ToString("0.00", CultureInfo.InvariantCulture)} | {row.Required}{(row.Passed == false ? ", **not reached**" : "")} |"),
    ]);

    /// <summary>Writes all lines to a file.</summary>
    public void WriteJson(string path) => File.WriteAllText(path, JsonSerializer.Serialize(_rows, JsonOptions));

    private static string Number(double? value) => value switch
    {
        null => "",
        < 100 => value.Value.ToString("0.00", CultureInfo.InvariantCulture),
        _ => value.Value.ToString("#,0", CultureInfo.InvariantCulture),
    };

    private void Print(params object?[] columns) =>
        output.WriteLine(string.Format(CultureInfo.InvariantCulture, Layout, columns).TrimEnd());
}
