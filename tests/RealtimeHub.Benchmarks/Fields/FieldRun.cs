using System.Diagnostics;
using System.Globalization;

namespace RealtimeHub.Benchmarks.Fields;

/// <summary>One run: a server process, its readers, and what an item cost.</summary>
internal static class FieldRun
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    /// <summary>Streams fields to readers, after some that do not count.</summary>
    public static async Task<FieldResult> RunAsync(FieldVariant variant, int readers, int items, int warmUp)
    {
        using var process = Start(variant);
        var clients = new List<FieldReader>();
        try
        {
            var port = int.Parse(await LineAsync(process), CultureInfo.InvariantCulture);
            for (var i = 0; i < readers; i++)
            {
                clients.Add(new FieldReader(port, variant));
                await clients[i].OpenAsync();
            }

            var reading = clients.Select(c => c.ReadAsync()).ToList();
            await PublishAsync(process, clients, warmUp, warmUp);
            var bytes = clients.Sum(c => c.Bytes);
            var cpu = await CpuAsync(process);
            await PublishAsync(process, clients, items, warmUp + items);
            var used = await CpuAsync(process) - cpu;
            return new FieldResult(used * 1e6 / items / readers, (double)(clients.Sum(c => c.Bytes) - bytes) / items / readers);
        }
        finally
        {
            process.StandardInput.Close();
            clients.ForEach(c => c.Dispose());
            process.Kill();
        }
    }

    private static async Task PublishAsync(Process process, List<FieldReader> clients, int count, int total)
    {
        await AskAsync(process, $"publish {count}");
        using var limit = new CancellationTokenSource(Limit);
        while (clients.Exists(c => c.Items < total))
        {
            await Task.Delay(20, limit.Token);
        }
    }

    private static async Task<double> CpuAsync(Process process) => double.Parse(await AskAsync(process, "cpu"), CultureInfo.InvariantCulture);

    private static async Task<string> AskAsync(Process process, string command)
    {
        await process.StandardInput.WriteLineAsync(command);
        await process.StandardInput.FlushAsync();
        return await LineAsync(process);
    }

    private static async Task<string> LineAsync(Process process) =>
        await process.StandardOutput.ReadLineAsync().WaitAsync(Limit) ?? throw new InvalidOperationException("The server process has ended.");

    private static Process Start(FieldVariant variant)
    {
        var executable = Environment.ProcessPath!;
        var start = new ProcessStartInfo(executable) { RedirectStandardInput = true, RedirectStandardOutput = true };
        if (Path.GetFileNameWithoutExtension(executable) == "dotnet")
        {
            start.ArgumentList.Add(typeof(FieldRun).Assembly.Location);
        }

        start.ArgumentList.Add(FieldServer.Verb);
        start.ArgumentList.Add(variant.IsStock ? "stock" : "engine");
        return Process.Start(start)!;
    }
}
