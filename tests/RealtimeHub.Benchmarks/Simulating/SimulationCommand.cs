using System.CommandLine;
using System.Diagnostics;
using RealtimeHub.Benchmarks.Comparing;
using RealtimeHub.Science.Simulation;
using RealtimeHub.Science.Simulation.Features;

namespace RealtimeHub.Benchmarks.Simulating;

/// <summary><c>simulation</c>: cell updates per second beside a plain loop, NumPy and what the machine allows.</summary>
internal static class SimulationCommand
{
    private const int RequiredSize = 1_024;
    private const double RequiredOverNumPy = 10.0;
    private const double RequiredShare = 0.8;
    private const double RequiredBoxes = 5.0;

    public static Command Create()
    {
        var quick = new Option<bool>("--quick") { Description = "The required sizes only." };
        var command = new Command("simulation", "Cell updates per second of the reaction-diffusion engine, and box counting.") { quick };
        command.SetAction(parsed =>
        {
            var table = new ResultTable(Console.Out);
            table.PrintHeader();
            Measure(parsed.GetValue(quick), table);
            return table.Passed ? 0 : 1;
        });
        return command;
    }

    /// <summary>Takes the measurements and adds their rows to a table.</summary>
    public static void Measure(bool isQuick, ResultTable table)
    {
        foreach (var threads in new[] { 1, 2 })
        {
            var bound = Bounds(table, threads);
            foreach (var size in isQuick ? [RequiredSize] : new[] { 64, 256, RequiredSize, 4_096 })
            {
                GrayScott(table, size, threads, bound);
                foreach (var model in isQuick ? [] : new[] { "mycelium", "mycelium-turing" })
                {
                    table.Add(new ResultRow("cells/s", Load(size, threads), model, Millions(model, size, threads), "M/s"));
                }
            }
        }

        Boxes(table);
    }

    private static (double Memory, double Cache, double Arithmetic) Bounds(ResultTable table, int threads)
    {
        var memory = MachineBounds.CopyBandwidth(512 << 20, threads);
        var cache = MachineBounds.CopyBandwidth(RequiredSize * RequiredSize * 2 * sizeof(float), threads);
        var arithmetic = MachineBounds.ArithmeticCells(threads);
        table.Add(new ResultRow("bandwidth", $"{threads} threads", "memory", memory / 1e9, "GB/s", Note: "copy of 512 MiB"));
        table.Add(new ResultRow("bandwidth", $"{threads} threads", "cache", cache / 1e9, "GB/s", Note: "copy of the 8 MiB of a 1024 x 1024 run"));
        table.Add(new ResultRow("bound", $"{threads} threads", "memory", memory / MachineBounds.BytesPerCell / 1e6, "M/s", Note: "one step per sweep"));
        table.Add(new ResultRow("bound", $"{threads} threads", "cache", cache / MachineBounds.BytesPerCell / 1e6, "M/s", Note: "one step per sweep"));
        table.Add(new ResultRow("bound", $"{threads} threads", "arithmetic", arithmetic / 1e6, "M/s", Note: "from registers, nothing loaded"));
        return (memory / MachineBounds.BytesPerCell / 1e6, cache / MachineBounds.BytesPerCell / 1e6, arithmetic / 1e6);
    }

    private static void GrayScott(ResultTable table, int size, int threads, (double Memory, double Cache, double Arithmetic) bound)
    {
        var load = Load(size, threads);
        var ours = Millions("gray-scott", size, threads);
        var scalar = Scalar(size, threads);
        var steps = Math.Clamp(200_000_000 / (size * size), 10, 20_000);
        var numPy = NumPy.Run("grid", $"{size}", $"{steps}", $"{threads}") / 1e6;
        var isRequired = size == RequiredSize;
        table.Add(new ResultRow("cells/s", load, "gray-scott", ours, "M/s", scalar, ours / scalar, Note: "against a plain loop"));
        table.Add(new ResultRow(
            "cells/s", load, "gray-scott", ours, "M/s", numPy, ours / numPy, isRequired ? ">= 10" : null, isRequired ? ours >= RequiredOverNumPy * numPy : null,
            numPy is null ? "there is no python3 with NumPy" : "against NumPy"));
        if (isRequired)
        {
            table.Add(new ResultRow(
                "cells/s", load, "gray-scott", ours, "M/s", bound.Memory, ours / bound.Memory, ">= 0.8", ours >= RequiredShare * bound.Memory, "against memory bandwidth, one step per sweep"));
            table.Add(new ResultRow("cells/s", load, "gray-scott", ours, "M/s", bound.Cache, ours / bound.Cache, Note: "against the cache's bandwidth, one step per sweep"));
            table.Add(new ResultRow("cells/s", load, "gray-scott", ours, "M/s", bound.Arithmetic, ours / bound.Arithmetic, Note: "against arithmetic from registers"));
        }
    }

    private static void Boxes(ResultTable table)
    {
        var mask = ActivityMask.Of(RequiredSize, (x, y) => (((x * 7919) ^ (y * 104729)) & 0xFFFF) % 100 == 0);
        var ours = Seconds(() => BoxCounting.LeastSquares(mask), 200);
        var numPy = NumPy.Run("boxes", $"{RequiredSize}", "100");
        table.Add(new ResultRow(
            "boxes", $"{RequiredSize}", "all scales", ours * 1e6, "us", numPy * 1e6, numPy / ours, ">= 5", numPy is null ? null : numPy >= RequiredBoxes * ours, "against a NumPy pyramid"));
    }

    private static double Millions(string name, int size, int threads)
    {
        var model = SimulationModels.Find(name)!;
        var simulator = new Simulator(new SimulationRecipe(model, 42, size, EdgeKind.Periodic, ParameterSet.Defaults(model)), threads);
        var steps = (int)Math.Clamp(400_000_000L / ((long)size * size), 16, 4_000);
        return (double)size * size * steps / Seconds(() => simulator.Advance(steps), 5) / 1e6;
    }

    private static double Scalar(int size, int threads)
    {
        var loop = new ScalarGrayScott(size);
        var steps = (int)Math.Clamp(100_000_000L / ((long)size * size), 4, 2_000);
        return (double)size * size * steps / Seconds(() =>
        {
            for (var i = 0; i < steps; i++)
            {
                loop.Step(threads);
            }
        }, 3) / 1e6;
    }

    // The best of some rounds after one that warms up: what is measured is the code, not the neighbours.
    private static double Seconds(Action work, int rounds)
    {
        work();
        var best = double.MaxValue;
        for (var round = 0; round < rounds; round++)
        {
            var start = Stopwatch.GetTimestamp();
            work();
            best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalSeconds);
        }

        return best;
    }

    private static string Load(int size, int threads) => $"{size} x {size}, {threads} threads";
}
