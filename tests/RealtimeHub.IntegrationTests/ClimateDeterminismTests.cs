using RealtimeHub.Testing;

namespace RealtimeHub.IntegrationTests;

/// <summary>Frames of real servers on processors of differing width: the golden checksums change only where a computation is changed on purpose.</summary>
public class ClimateDeterminismTests
{
    private const string Key = "dev-key";

    private static readonly double[] Kansas = [-101.0, 36.9, -94.6, 40.1];

    [Theory]
    [InlineData("DOTNET_gcServer", "0")]
    [InlineData("DOTNET_EnableAVX512F", "0")]
    [InlineData("DOTNET_EnableHWIntrinsic", "0")]
    public async Task P125_frames_have_their_golden_checksums_whatever_the_processor_can_do(string variable, string value)
    {
        await using var server = await ServerProcess.StartAsync(environment: new Dictionary<string, string> { [variable] = value });
        await using var probe = await HubProbe.ConnectAsync(server.Uri, "/hubs/climate", Key);
        var domain = new { crs = "EPSG:4326", bbox = Kansas };

        await probe.CallAsync("Subscribe", new
        {
            variables = new[] { "t2m", "td2m", "u10", "v10" },
            time_mode = "historical",
            domain,
            options = new { interval_seconds = 60, start = "2005-08-07T13:30:00Z", seed = 42, member = 3 },
        });
        var fields = (await probe.WaitForAsync("Data"))[0];
        await probe.CallAsync("SubscribeDrivers", new
        {
            drivers = new[]
            {
                "cape", "cin", "cape_mixed_layer", "cape_most_unstable", "srh_0_1km", "srh_0_3km", "bulk_shear_0_6km", "llj_magnitude",
                "mixing_height", "moisture_transport", "instability",
            },
            time_mode = "historical",
            domain,
            options = new { interval_seconds = 60, start = "2005-08-07T13:30:00Z" },
        });
        var drivers = (await probe.WaitForAsync("Data", 2))[1];
        await probe.CallAsync("SubscribeXai", new { variable = "t2m", method = "shap", time = "2005-08-07T15:00:00Z", domain });
        var shap = (await probe.WaitForAsync("Xai"))[0];
        await probe.CallAsync("SubscribeXai", new { variable = "t2m", method = "ig", time = "2005-08-07T15:00:00Z", domain });
        var ig = (await probe.WaitForAsync("Xai", 2))[1];

        Assert.Equal(
            [
                "12206a5688cda07f9b25328be4fae93a1a111b622e11d247db1f6269233af95e1f93",
                "12204026b48d90b8d562ba47b6256434f012250c3f10d7cd200d94281cbdc8b642eb",
                "12205693308ddab79ec30ea16c6c19eebc7563415cd6429e7f6556a93860c790fd42",
                "122083d07f5b8b06eb1eed69515b6f49506c4b98a266ae30b90be0d65fe4f676b179",
            ],
            new[] { fields, drivers, shap, ig }.Select(Multihash));
    }

    private static string? Multihash(HubPush frame) => frame["checksums"].GetProperty("multihash").GetString();
}
