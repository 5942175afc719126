using System.Globalization;
using RealtimeHub.Cli.Output;
using RealtimeHub.Protocol.Simulation;

namespace RealtimeHub.Cli.Simulation;

/// <summary>Writes how a run ended: its final metrics, and what it takes to compute it again.</summary>
internal static class CompleteWriter
{
    public static void Write(CliOutput output, SimulationComplete complete)
    {
        if (output.IsJson)
        {
            return;
        }

        var rows = complete.FinalMetrics.Select(m => new[] { m.Key, m.Value.ToString("0.######", CultureInfo.InvariantCulture) })
            .Append(["growth_events", complete.GrowthEvents.ToString(CultureInfo.InvariantCulture)]);
        if (complete.MeasuredWavelength is { } wavelength)
        {
            rows = rows.Append(["measured_wavelength", wavelength.ToString("0.##", CultureInfo.InvariantCulture)]);
        }

        output.Data(DataTable.Of(["metric", "value"], rows.Append(["checksum", complete.Checksum])));
        var reason = complete.Reason is null ? "" : $": {complete.Reason}";
        output.Note($"{complete.RunId} {complete.State} after step {complete.Step}{reason}; verify it with rthub sim verify {complete.RunId}");
    }
}
