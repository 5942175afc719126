using RealtimeHub.Protocol.Status;
using Spectre.Console;

namespace RealtimeHub.Cli.Output;

/// <summary>The status of a node and its services, as a table.</summary>
internal static class StatusTable
{
    private const double Mebi = 1024 * 1024;

    public static Table Of(SystemStatus status)
    {
        var table = new Table().Border(TableBorder.None).HideHeaders().AddColumn("what").AddColumn("value");
        Row(table, "node", $"{status.Node}, {status.Health}, up {TimeSpan.FromSeconds((long)status.UptimeSeconds):g}");
        Row(table, "cpu", $"{status.Cpu.ProcessPercent:0.0} % of {status.Cpu.Count}{Optional(", machine {0:0.0} %", status.Cpu.MachinePercent)}");
        Row(table, "memory", $"{status.Memory.ProcessBytes / Mebi:0} MiB, heap {status.Memory.ManagedHeapBytes / Mebi:0} MiB{Optional(", free {0:0} MiB", status.Memory.MachineAvailableBytes / Mebi)}");
        Row(table, "collector", $"{status.Gc.Gen0}/{status.Gc.Gen1}/{status.Gc.Gen2}, paused {status.Gc.PausePercent:0.0} %");
        Row(table, "threads", $"{status.Threads.Process}, pool {status.Threads.Pool}, waiting {status.Threads.PoolQueueLength}");
        if (status.Disk is { } disk)
        {
            Row(table, "disk", $"{disk.Path}: {disk.FreeBytes / Mebi / 1024:0.0} of {disk.TotalBytes / Mebi / 1024:0.0} GiB free");
        }

        var delivery = status.Delivery;
        Row(table, "delivery", $"{delivery.Connections} connections, {delivery.Channels} channels, {delivery.Subscriptions} subscriptions");
        Row(table, "frames/s", $"{delivery.FramesPublishedPerSecond:0.#} in, {delivery.FramesDeliveredPerSecond:0.#} out, {delivery.FramesLostPerSecond:0.#} lost");
        Row(table, "lag", $"{delivery.MaxLagFrames} frames at most, {delivery.LaggingSubscriptions} over their limit");
        foreach (var gpu in status.Gpu ?? [])
        {
            Row(table, "gpu", $"{gpu.Name}{Optional(", {0:0} %", gpu.UtilizationPercent)}{Optional(", {0:0} °C", gpu.TemperatureCelsius)}");
        }

        foreach (var service in status.Services)
        {
            Row(table, service.Service, $"{service.Status}{Optional(", {0:0} ms", service.LatencyMs)} {service.Message}".TrimEnd());
        }

        return table;
    }

    private static void Row(Table table, string what, string value) =>
        table.AddRow(new Text(Printable.Text(what)), new Text(Printable.Text(value)));

    private static string Optional(string format, double? value) => value is { } number ? string.Format(format, number) : "";
}
