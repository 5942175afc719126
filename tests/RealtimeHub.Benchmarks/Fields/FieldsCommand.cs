using System.CommandLine;
using RealtimeHub.Benchmarks.Comparing;

namespace RealtimeHub.Benchmarks.Fields;

/// <summary><c>fields</c>: a stream of fields to many readers, against stock SignalR, in one run on one machine.</summary>
internal static class FieldsCommand
{
    private const int Readers = 200;
    private const int WarmUp = 15;
    private const string Measurement = "fields";
    private const string Load = "61 x 41 x 2 to 200";

    public static IEnumerable<Command> Create()
    {
        var rounds = new Option<int>("--rounds") { Description = "How many interleaved rounds.", DefaultValueFactory = _ => 3 };
        var items = new Option<int>("--items") { Description = "How many fields a run streams.", DefaultValueFactory = _ => 40 };
        var command = new Command(
            Measurement, "Streams fields of 61 x 41 x 2 numbers to 200 readers: float[] of stock SignalR in JSON, ours in JSON and in MessagePack.") { rounds, items };
        command.SetAction(async (parsed, _) =>
        {
            var table = new ResultTable(Console.Out);
            table.PrintHeader();
            await MeasureAsync(parsed.GetValue(rounds), parsed.GetValue(items), table);
            return table.Passed ? 0 : 1;
        });

        var kind = new Argument<string>("kind");
        kind.AcceptOnlyFromAmong("stock", "engine");
        var serve = new Command(FieldServer.Verb, "Serves the streams of one kind, commanded through standard input; ends with it. Started by fields.") { kind };
        serve.SetAction((parsed, _) => FieldServer.RunAsync(parsed.GetRequiredValue(kind) == "stock"));
        return [command, serve];
    }

    /// <summary>Takes the measurement and adds its rows to a table.</summary>
    public static async Task MeasureAsync(int rounds, int items, ResultTable table)
    {
        var results = FieldVariant.All.ToDictionary(v => v, _ => new List<FieldResult>());
        for (var round = 0; round < rounds; round++)
        {
            foreach (var variant in round % 2 == 0 ? FieldVariant.All : FieldVariant.All.Reverse())
            {
                results[variant].Add(await FieldRun.RunAsync(variant, Readers, items, WarmUp));
            }
        }

        AddCpu(table, results, FieldVariant.Json, 3);
        AddCpu(table, results, FieldVariant.MessagePack, 4);
        AddBytes(table, results, FieldVariant.MessagePack, FieldVariant.Stock, 0.5);
        AddBytes(table, results, FieldVariant.MessagePack, FieldVariant.Json, 0.8);
    }

    private static void AddCpu(ResultTable table, Dictionary<FieldVariant, List<FieldResult>> results, FieldVariant variant, double required)
    {
        var ratio = Median.Of(results[FieldVariant.Stock].Zip(results[variant], (stock, ours) => stock.CpuMicroseconds / ours.CpuMicroseconds));
        table.Add(new ResultRow(
            Measurement, Load, variant.Name, Median.Of(results[variant].Select(r => r.CpuMicroseconds)), "CPU µs/item",
            Median.Of(results[FieldVariant.Stock].Select(r => r.CpuMicroseconds)), ratio, $">= {required:0.0}", ratio >= required, "stock / ours"));
    }

    private static void AddBytes(
        ResultTable table, Dictionary<FieldVariant, List<FieldResult>> results, FieldVariant variant, FieldVariant reference, double required)
    {
        var (bytes, other) = (Median.Of(results[variant].Select(r => r.Bytes)), Median.Of(results[reference].Select(r => r.Bytes)));
        table.Add(new ResultRow(
            Measurement, Load, variant.Name, bytes, "bytes/item", other, bytes / other, $"<= {required:0.0}", bytes / other <= required, $"against {reference.Name}"));
    }
}
