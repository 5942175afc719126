using RealtimeHub.Science.Simulation;
using RealtimeHub.Science.Simulation.Kernels;

namespace RealtimeHub.Tests.Science.Simulation;

/// <summary>Checksums that every machine must reproduce, whatever its lanes and threads. Child processes run this class with parts of the processor switched off.</summary>
public sealed class SimulationGoldenTests
{
    /// <summary>Set for child processes: the lane width that the process must have.</summary>
    public const string LanesVariable = "SIMULATION_TEST_LANES";

    public static TheoryData<string, ulong, int, string> Runs => new()
    {
        { "mycelium", 42, 64, "122061a50ab89aefe02adb7990a17cbb862faef55848184d30d3227ddda1e4f95b06 7738e87b245e18fb" },
        { "mycelium", 7, 150, "122012afb0325a9cbfa0bef0bef64e6612b7f70ebd395f7f3ecc83ec340a2f60cf89 10c0a0befe214ff3" },
        { "mycelium-turing", 42, 64, "122056c1395a4b059c57bef1acc0639df182b44c480e28d2414a1ea88c5db7261b15 40be57446606f7d3" },
        { "mycelium-turing", 7, 150, "1220800bc3d3f481337465a6823a9481e341af5fef651389522b93289e7097fd1d71 c74999d8521cfca4" },
        { "gray-scott", 42, 64, "12203308ece90be31a5999277a4e89f1e143e4935316f64f546495de90d630dcbbfe 96915fa3a5c08866" },
        { "gray-scott", 7, 150, "1220154981c3ea62363df5f375b1d5e6064d55fca30d652006c79f7cc0da879a8511 6f3d3b26226942ce" },
    };

    [Theory]
    [MemberData(nameof(Runs))]
    public void Runs_have_the_golden_checksum(string model, ulong seed, int gridSize, string expected)
    {
        var simulator = new Simulator(Recipes.Of(model, gridSize, seed));

        simulator.Advance(200);

        var text = $"{model} {seed} {gridSize} {Recipes.Checksum(simulator)} {Fingerprint(simulator)}";
        Assert.True($"{model} {seed} {gridSize} {expected}" == text, text);
    }

    [Fact]
    public void Lanes_are_those_the_process_was_started_for()
    {
        if (Environment.GetEnvironmentVariable(LanesVariable) is { } lanes)
        {
            Assert.Equal(lanes, LaneWidths.OfMachine.ToString());
        }
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void Every_lane_width_gives_the_same_bits(string model, LaneWidth width, int gridSize, EdgeKind edges)
    {
        var recipe = Recipes.Of(model, gridSize, 11, edges);
        var wide = new Simulator(recipe);
        var other = new Simulator(recipe, 1, width);

        wide.Advance(60);
        other.Advance(60);

        AssertSame(wide, other);
    }

    [Theory]
    [MemberData(nameof(Threads))]
    public void P116_every_number_of_threads_gives_the_same_bits(string model, int threads, EdgeKind edges)
    {
        var recipe = Recipes.Of(model, 257, 11, edges);
        var one = new Simulator(recipe);
        var more = new Simulator(recipe, threads);

        one.Advance(40);
        for (var i = 0; i < 40; i++)
        {
            more.Advance();
        }

        AssertSame(one, more);
    }

    public static TheoryData<string, LaneWidth, int, EdgeKind> Widths()
    {
        var data = new TheoryData<string, LaneWidth, int, EdgeKind>();
        foreach (var model in SimulationModels.All)
        {
            foreach (var width in new[] { LaneWidth.One, LaneWidth.Four, LaneWidth.Eight, LaneWidth.Sixteen })
            {
                data.Add(model.Name, width, 70, EdgeKind.Periodic);
                data.Add(model.Name, width, 33, EdgeKind.ZeroFlux);
                data.Add(model.Name, width, 64, EdgeKind.Fixed);
            }
        }

        return data;
    }

    public static TheoryData<string, int, EdgeKind> Threads()
    {
        var data = new TheoryData<string, int, EdgeKind>();
        foreach (var model in SimulationModels.All)
        {
            foreach (var edges in Enum.GetValues<EdgeKind>())
            {
                data.Add(model.Name, 2, edges);
                data.Add(model.Name, 4, edges);
            }
        }

        return data;
    }

    private static void AssertSame(Simulator left, Simulator right)
    {
        for (var field = 0; field < left.Fields.Fields; field++)
        {
            Assert.Equal(left.Fields.ToArray(field).Select(BitConverter.SingleToUInt32Bits), right.Fields.ToArray(field).Select(BitConverter.SingleToUInt32Bits));
        }

        Assert.Equal(left.Measure(), right.Measure());
        Assert.Equal(left.SpikeCount, right.SpikeCount);
    }

    // The bits of all fields and statistics, which the checksum of the quantised field alone would not show.
    private static string Fingerprint(Simulator simulator)
    {
        var hash = 14695981039346656037UL;
        var statistics = simulator.Measure();
        double[] numbers = [statistics.Mean, statistics.Deviation, statistics.Skewness, statistics.Kurtosis, statistics.Energy, statistics.SpatialVariance];
        var bits = Enumerable.Range(0, simulator.Fields.Fields)
            .SelectMany(field => simulator.Fields.ToArray(field).Select(x => (ulong)BitConverter.SingleToUInt32Bits(x)))
            .Concat(numbers.Select(BitConverter.DoubleToUInt64Bits));
        foreach (var word in bits)
        {
            hash = (hash ^ word) * 1099511628211UL;
            hash ^= hash >> 29;
        }

        return $"{hash:x16}";
    }
}
