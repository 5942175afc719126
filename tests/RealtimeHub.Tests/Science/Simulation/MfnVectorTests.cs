using System.Text.Json;
using RealtimeHub.Science.Simulation;
using RealtimeHub.Science.Simulation.Features;

namespace RealtimeHub.Tests.Science.Simulation;

/// <summary>The numeric cases of the documented system.</summary>
public sealed class MfnVectorTests
{
    public static TheoryData<string> Engine => Ids("engine-numerics.json", "nernst", "laplacian", "step", "clamp");

    public static TheoryData<string> Boxes => Ids("fractal-box-count.json");

    [Theory]
    [MemberData(nameof(Engine))]
    public void Engine_numerics_are_those_of_the_vectors(string id)
    {
        var test = Case("engine-numerics.json", id);
        switch (test.GetProperty("kind").GetString())
        {
            case "nernst":
                var volts = Nernst.Potential(
                    test.GetProperty("z").GetInt32(), test.GetProperty("out_molar").GetDouble(), test.GetProperty("in_molar").GetDouble(), test.GetProperty("temperature_k").GetDouble());
                Assert.Equal(test.GetProperty("volts").GetDouble(), volts, test.GetProperty("tolerance_volts").GetDouble());
                break;
            case "laplacian":
                CheckLaplacian(test);
                break;
            case "clamp":
                var clamped = Recipes.Diffusion(4, EdgeKind.Periodic);
                clamped.Load(0, Cells(test, "V"));
                clamped.Advance();
                Assert.All(clamped.Fields.ToArray(0), v => Assert.InRange(v, -0.095f, 0.040f));
                break;
            default:
                CheckStep(test);
                break;
        }
    }

    [Theory]
    [MemberData(nameof(Boxes))]
    public void TwoPoint_dimensions_are_those_of_the_vectors(string id)
    {
        var test = Case("fractal-box-count.json", id);
        var size = test.GetProperty("grid").GetInt32();
        if (test.TryGetProperty("divergence_allowed", out _))
        {
            // Upstream takes the absolute value, so every cell at rest is active; here activity begins above -60 mV.
            var rest = new Simulator(Recipes.Of("mycelium", size)).Measure();
            Assert.InRange(rest.ActiveRatio, 0.0, 0.1);
            return;
        }

        var mask = ActivityMask.Of(size, Pattern(test.TryGetProperty("pattern", out var pattern) ? pattern.GetString()! : "none"));

        Assert.Equal(test.GetProperty("dimension").GetDouble(), BoxCounting.TwoPoint(mask), 1e-12);
        if (test.TryGetProperty("box_sizes", out var sizes))
        {
            Assert.Equal(
                test.GetProperty("box_counts").EnumerateArray().Select(c => c.GetInt32()),
                sizes.EnumerateArray().Select(s => BoxCounting.Count(mask, s.GetInt32())));
        }
    }

    [Fact]
    public void Nernst_of_potassium_is_the_golden_value_of_the_original() =>
        Assert.Equal(-0.08901066911987907, Nernst.Potential(1, 0.005, 0.140), 1e-12);

    private static void CheckLaplacian(JsonElement test)
    {
        // With a small field one step of diffusion is the field and alpha times its Laplacian.
        const double Scale = 0.001;
        const double Alpha = 0.18;
        var edges = test.GetProperty("boundary").GetString() switch { "neumann" => EdgeKind.ZeroFlux, "dirichlet" => EdgeKind.Fixed, _ => EdgeKind.Periodic };
        var field = Cells(test, "field");
        var simulator = Recipes.Diffusion(4, edges, Alpha);
        simulator.Load(0, [.. field.Select(x => (float)(x * Scale))]);

        simulator.Advance();

        var expected = Cells(test, "result").Zip(field, (laplacian, x) => Scale * (x + (Alpha * laplacian)));
        Assert.All(expected.Zip(simulator.Fields.ToArray(0)), pair => Assert.Equal(pair.First, pair.Second, 1e-8));
    }

    private static void CheckStep(JsonElement test)
    {
        var isTuring = !test.TryGetProperty("turing_enabled", out var turing) || turing.GetBoolean();
        var simulator = new Simulator(Recipes.Of(
            "mycelium", 4, 42, EdgeKind.Periodic, ("alpha", test.GetProperty("alpha").GetDouble()), ("spike_probability", 0), ("turing_enabled", isTuring ? 1 : 0)));
        string[] names = ["V", "a", "i"];
        for (var field = 0; field < names.Length; field++)
        {
            simulator.Load(field, Cells(test, names[field]));
        }

        simulator.Advance();

        for (var field = 0; field < names.Length; field++)
        {
            var expected = Cells(test.GetProperty("result"), names[field]);
            Assert.All(expected.Zip(simulator.Fields.ToArray(field)), pair => Assert.Equal(pair.First, pair.Second, 1e-6f));
        }
    }

    private static Func<int, int, bool> Pattern(string pattern) => pattern switch
    {
        "cells: all" => (_, _) => true,
        "cells: [0,0]" => (x, y) => x == 0 && y == 0,
        "cells: i=j" => (x, y) => x == y,
        "cells: i<8" => (_, y) => y < 8,
        "cells: i,j multiples of 4" => (x, y) => x % 4 == 0 && y % 4 == 0,
        "none" => (_, _) => false,
        _ => throw new InvalidOperationException(pattern),
    };

    private static float[] Cells(JsonElement parent, string name) =>
        [.. parent.GetProperty(name).EnumerateArray().SelectMany(row => row.EnumerateArray()).Select(x => x.GetSingle())];

    private static TheoryData<string> Ids(string file, params string[] kinds) =>
        new(Cases(file).Where(c => kinds.Length == 0 || kinds.Contains(c.GetProperty("kind").GetString())).Select(c => c.GetProperty("id").GetString()!));

    private static JsonElement Case(string file, string id) => Cases(file).Single(c => c.GetProperty("id").GetString() == id);

    private static JsonElement[] Cases(string file)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "vectors", "mfn", file)));
        return [.. document.RootElement.GetProperty("cases").EnumerateArray().Select(c => c.Clone())];
    }
}
