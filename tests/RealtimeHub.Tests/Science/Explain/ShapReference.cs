using System.Text.Json;
using RealtimeHub.Science.Explain;

namespace RealtimeHub.Tests.Science.Explain;

/// <summary>The reference values of vectors/reference/shap.json, and its four models.</summary>
internal static class ShapReference
{
    private static readonly JsonDocument File =
        JsonDocument.Parse(System.IO.File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "vectors", "reference", "shap.json")));

    public static double[] Background { get; } = [.. File.RootElement.GetProperty("background").EnumerateArray().SelectMany(Doubles)];

    public static JsonElement Model(string id) =>
        File.RootElement.GetProperty("models").EnumerateArray().Single(model => model.GetProperty("model").GetProperty("id").GetString() == id);

    public static JsonElement Parameters(string id) => Model(id).GetProperty("model").GetProperty("parameters");

    public static double[] Doubles(JsonElement array) => [.. array.EnumerateArray().Select(value => value.GetDouble())];

    public static RowModel Function(string id)
    {
        var parameters = Parameters(id);
        return id switch
        {
            "linear-interaction" => Linear(parameters),
            "logistic" => Logistic(parameters),
            "gradient-boosted-trees" => Trees(parameters),
            _ => x => (Math.Sqrt((x[2] * x[2]) + (x[3] * x[3])) * Math.Max(0, x[1] - 285.15)) + (0.01 * (x[4] - 90000)) - (0.05 * x[5]),
        };
    }

    private static RowModel Linear(JsonElement parameters)
    {
        var (mean, scale, b) = (Doubles(parameters.GetProperty("mean")), Doubles(parameters.GetProperty("scale")), Doubles(parameters.GetProperty("b")));
        var (b0, warmMoist, wind) = (parameters.GetProperty("b0").GetDouble(), parameters.GetProperty("c_t2m_td2m").GetDouble(), parameters.GetProperty("c_u10_v10").GetDouble());
        return x =>
        {
            var z = Standard(x, mean, scale);
            return b0 + z.Zip(b, (value, weight) => value * weight).Sum() + (warmMoist * z[0] * z[1]) + (wind * z[2] * z[3]);
        };
    }

    private static RowModel Logistic(JsonElement parameters)
    {
        var (mean, scale, w) = (Doubles(parameters.GetProperty("mean")), Doubles(parameters.GetProperty("scale")), Doubles(parameters.GetProperty("w")));
        var b0 = parameters.GetProperty("b0").GetDouble();
        return x => 1 / (1 + Math.Exp(-(b0 + Standard(x, mean, scale).Zip(w, (value, weight) => value * weight).Sum())));
    }

    private static RowModel Trees(JsonElement parameters)
    {
        var trees = parameters.GetProperty("trees").EnumerateArray().ToArray();
        var (init, rate) = (parameters.GetProperty("init").GetDouble(), parameters.GetProperty("learning_rate").GetDouble());
        var (left, right, feature, threshold, value) = (Ints("left"), Ints("right"), Ints("feature"), Numbers("threshold"), Numbers("value"));
        return x =>
        {
            var sum = 0.0;
            for (var tree = 0; tree < trees.Length; tree++)
            {
                var node = 0;
                while (left[tree][node] >= 0)
                {
                    node = x[feature[tree][node]] <= threshold[tree][node] ? left[tree][node] : right[tree][node];
                }

                sum += value[tree][node];
            }

            return init + (rate * sum);
        };

        int[][] Ints(string name) => [.. trees.Select(tree => tree.GetProperty(name).EnumerateArray().Select(item => item.GetInt32()).ToArray())];
        double[][] Numbers(string name) => [.. trees.Select(tree => Doubles(tree.GetProperty(name)))];
    }

    private static double[] Standard(ReadOnlySpan<double> x, double[] mean, double[] scale)
    {
        var z = new double[x.Length];
        for (var feature = 0; feature < z.Length; feature++)
        {
            z[feature] = (x[feature] - mean[feature]) / scale[feature];
        }

        return z;
    }
}
