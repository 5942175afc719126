using System.Text.Json;
using RealtimeHub.Protocol.Channels;
using RealtimeHub.Protocol.Json;
using RealtimeHub.Science.Numerics;
using RealtimeHub.Testing;

namespace RealtimeHub.Tests.Server.Hubs.Climate;

/// <summary>The requests of the handler's document, and what its frames are looked at with.</summary>
internal static class ClimateRequests
{
    public const string Hub = "/hubs/climate";
    public const string Start = "2005-08-07T13:30:00Z";

    public static readonly double[] Kansas = [-101.0, 36.9, -94.6, 40.1];

    /// <summary>A box without protected areas.</summary>
    public static readonly double[] Open = [-99.75, 38.5, -99.0, 39.25];

    public static Dictionary<string, object?> Fields(double[]? bbox = null, params string[] variables) => new()
    {
        ["id"] = "sub-001",
        ["stream"] = "climate.fields",
        ["variables"] = variables.Length == 0 ? ["t2m", "td2m"] : variables,
        ["time_mode"] = "realtime",
        ["domain"] = new { crs = "EPSG:4326", bbox = bbox ?? Kansas },
        ["options"] = new { interval_seconds = 60, seed = 42 },
    };

    public static Dictionary<string, object?> Drivers(params string[] drivers) => new()
    {
        ["id"] = "sub-drivers-001",
        ["stream"] = "climate.drivers",
        ["drivers"] = drivers.Length == 0 ? ["cape", "cin", "srh_0_3km"] : drivers,
        ["time_mode"] = "realtime",
        ["domain"] = new { crs = "EPSG:4326", bbox = new[] { -100.0, 37.0, -96.0, 39.5 } },
        ["options"] = new { interval_seconds = 300 },
    };

    public static Dictionary<string, object?> Xai(string time = "2005-08-07T15:00:00Z") => new()
    {
        ["id"] = "sub-xai-001",
        ["stream"] = "climate.xai.spatial",
        ["variable"] = "t2m",
        ["method"] = "shap",
        ["time"] = time,
        ["domain"] = new { crs = "EPSG:4326", bbox = new[] { -98.5, 38.0, -97.5, 39.0 } },
    };

    public static Dictionary<string, object?> With(this Dictionary<string, object?> request, string member, object? value) =>
        new(request) { [member] = value };

    public static FrameEnvelope Frame(this HubPush push) => push.Argument.Deserialize<FrameEnvelope>(RealtimeJson.Options)!;

    public static string? ErrorCode(this JsonElement answer) => answer.TryGetProperty("error", out var error) ? error.GetProperty("code").GetString() : null;

    public static string? ErrorField(this JsonElement answer) => answer.GetProperty("error").GetProperty("details").GetProperty("errors")[0].GetProperty("field").GetString();

    /// <summary>The checksum of the numbers as they came.</summary>
    public static string Digest(this FrameEnvelope frame)
    {
        var digest = new BlockDigest();
        foreach (var (name, block) in frame.Blocks!)
        {
            digest.Add(name, block.Dtype, block.Shape, block.Data.Bytes);
        }

        return digest.ToMultihash();
    }
}
