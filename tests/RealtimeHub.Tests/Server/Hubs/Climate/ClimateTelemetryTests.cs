using System.Globalization;
using System.Text.RegularExpressions;
using RealtimeHub.Testing;

namespace RealtimeHub.Tests.Server.Hubs.Climate;

/// <summary>What is measured of climate, by the names of the climate system.</summary>
public sealed partial class ClimateTelemetryTests
{
    [Fact]
    public async Task P264_everything_is_measured_under_its_documented_name()
    {
        await using var server = HubServer.Start(clock: new ManualTimeProvider());
        await using var probe = await HubProbe.ConnectAsync(server.Uri, ClimateRequests.Hub);
        await WorkAsync(probe);

        var metrics = await ReadAsync(server);

        string[] documented =
        [
            "climate_inference_latency_ms_count", "climate_inference_throughput_rps", "climate_model_load_ms", "climate_cache_hit_ratio",
            "xai_shap_latency_ms_count", "xai_ig_latency_ms_count", "xai_cams_latency_ms_count", "xai_spatial_latency_ms_count",
            "care_masking_events_total", "sovereignty_flagged_regions_total", "faircare_policy_compliance", "energy_wh_estimate_total", "carbon_gco2e_estimate_total",
        ];
        Assert.All(documented, name => Assert.True(metrics.ContainsKey(name), $"There is no {name}."));
        Assert.Equal((2, 1, 1, 1), (metrics["climate_inference_latency_ms_count"], metrics["xai_shap_latency_ms_count"], metrics["xai_ig_latency_ms_count"], metrics["xai_cams_latency_ms_count"]));
        Assert.Equal(2, metrics["xai_spatial_latency_ms_count"]);
        Assert.True(metrics["climate_model_load_ms"] > 0);
        Assert.InRange(metrics["climate_cache_hit_ratio"], 0, 1);
        Assert.Equal(1, metrics["faircare_policy_compliance"]);
    }

    [Theory]
    [InlineData("10", "400")]
    [InlineData("25", "50")]
    public async Task P264_energy_is_the_measured_processor_time_times_the_configured_factor(string watts, string grams)
    {
        await using var server = HubServer.Start(
            new Dictionary<string, string?> { ["Climate:WattsPerCore"] = watts, ["Climate:GramsCo2PerKwh"] = grams }, new ManualTimeProvider());
        await using var probe = await HubProbe.ConnectAsync(server.Uri, ClimateRequests.Hub);
        var before = await ReadAsync(server);
        await WorkAsync(probe);

        var after = await ReadAsync(server);

        var seconds = after["climate_cpu_seconds_total"];
        var wattHours = seconds * double.Parse(watts, CultureInfo.InvariantCulture) / 3600;
        Assert.Equal(0, before["climate_cpu_seconds_total"]);
        Assert.InRange(seconds, 0.001, Environment.CpuUsage.TotalTime.TotalSeconds);
        Assert.Equal(wattHours, after["energy_wh_estimate_total"], wattHours * 1e-9);
        Assert.Equal(wattHours / 1000 * double.Parse(grams, CultureInfo.InvariantCulture), after["carbon_gco2e_estimate_total"], wattHours * 1e-6);
    }

    // Fields, drivers, both sorts of explanation, and what is refused.
    private static async Task WorkAsync(HubProbe probe)
    {
        await probe.CallAsync("Subscribe", ClimateRequests.Fields());
        await probe.CallAsync("SubscribeDrivers", ClimateRequests.Drivers());
        await probe.CallAsync("SubscribeXai", ClimateRequests.Xai());
        await probe.CallAsync("SubscribeXai", ClimateRequests.Xai().With("id", "ig").With("method", "ig"));
        Assert.Equal("METHOD_NOT_APPLICABLE", (await probe.CallAsync("SubscribeXai", ClimateRequests.Xai().With("id", "cam").With("method", "cam"))).ErrorCode());
        await probe.WaitForAsync("Data", 2);
        await probe.WaitForAsync("Xai", 2);
    }

    // Of what has labels the sum.
    private static async Task<Dictionary<string, double>> ReadAsync(HubServer server)
    {
        using var http = server.Http();
        var text = await http.GetStringAsync(new Uri("/metrics", UriKind.Relative), TestContext.Current.CancellationToken);
        return Line().Matches(text).GroupBy(m => m.Groups[1].Value).ToDictionary(g => g.Key, g => g.Sum(m => double.Parse(m.Groups[2].Value, CultureInfo.InvariantCulture)));
    }

    [GeneratedRegex(@"^([a-z_0-9]+)(?:\{[^}]*\})? (\S+)$", RegexOptions.Multiline)]
    private static partial Regex Line();
}
