using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using RealtimeHub.Protocol.Climate;
using RealtimeHub.Testing;

namespace RealtimeHub.Tests.Server.Hubs.Climate;

public sealed class CareMapTests
{
    private static readonly Uri CareMap = new("/api/v1/climate/care", UriKind.Relative);

    // One point of the source's grid, in an area that the policy file denies.
    private static readonly double[] InsideDenied = [-95.85, 39.2, -95.65, 39.3];

    // Nothing protected is west of 100 degrees.
    private static readonly double[] Open = [-101.75, 38.0, -100.5, 39.0];

    [Fact]
    public async Task P300_the_map_of_what_is_shown_is_what_frames_show()
    {
        await using var server = HubServer.Start(clock: new ManualTimeProvider());
        await using var probe = await HubProbe.ConnectAsync(server.Uri, ClimateRequests.Hub);
        using var http = server.Http();
        await probe.CallAsync("Subscribe", ClimateRequests.Fields());
        var frame = (await probe.WaitForAsync("Data"))[0].Frame();
        var payload = frame.Payload.ToElement();

        using var response = await http.PostAsJsonAsync(CareMap, new { domain = new { bbox = ClimateRequests.Kansas } });
        var map = await response.Content.ReadFromJsonAsync<JsonElement>();

        var concealed = map.GetProperty("concealed").EnumerateArray().ToList();
        Assert.NotEmpty(concealed);
        Assert.Equal(payload.GetProperty("data").GetProperty("t2m").GetProperty("missing").GetInt32(), concealed.Count);
        Assert.All(map.GetProperty("care").GetProperty("notes").EnumerateArray(), note => Assert.Contains(note.GetString(), frame.Care!.Notes));
        var values = frame.Blocks!["t2m"].ToFloats();
        Assert.All(concealed, point => Assert.True(float.IsNaN(values[IndexOf(payload.GetProperty("grid"), point)]), point.GetRawText()));
        Assert.All(concealed, point => Assert.NotEqual("", point.GetProperty("reason").GetString()));
        var cells = map.GetProperty("cells").EnumerateArray().ToList();
        Assert.NotEmpty(cells);
        Assert.All(cells, cell => Assert.True(cell.GetProperty("points").GetInt32() >= 3 && cell.GetProperty("boundary").GetArrayLength() is 5 or 6 or 7, cell.GetRawText()));
        Assert.All(cells, cell => Assert.Contains("H3 cells of resolution", cell.GetProperty("reason").GetString(), StringComparison.Ordinal));
    }

    [Fact]
    public async Task P300_what_is_refused_of_frames_is_refused_of_the_map()
    {
        await using var server = HubServer.Start(keys: [("blind", "blind-key-of-the-tests", "events:read")]);
        using var http = server.Http();
        using var blind = server.Http("blind-key-of-the-tests");

        using var denied = await http.PostAsJsonAsync(CareMap, new { domain = new { bbox = InsideDenied } });
        using var outside = await http.PostAsJsonAsync(CareMap, new { domain = new { bbox = new[] { 0.0, 0.0, 1.0, 1.0 } } });
        using var unscoped = await blind.PostAsJsonAsync(CareMap, new { domain = new { bbox = ClimateRequests.Kansas } });

        Assert.Equal([HttpStatusCode.Forbidden, HttpStatusCode.BadRequest, HttpStatusCode.Forbidden], new[] { denied, outside, unscoped }.Select(r => r.StatusCode));
    }

    [Fact]
    public async Task P300_the_client_reads_the_map()
    {
        await using var server = HubServer.Start(clock: new ManualTimeProvider());
        await using var client = server.Client();

        var map = await client.Climate.GetCareMapAsync(new CareMapRequest { Domain = new ClimateDomain { Bbox = ClimateRequests.Kansas } });
        var open = await client.Climate.GetCareMapAsync(new CareMapRequest { Domain = new ClimateDomain { Bbox = Open } });

        Assert.Equal("kansas-ruc13-20050807", map.Source);
        Assert.NotEmpty(map.Cells);
        Assert.Empty(open.Concealed);
        Assert.Empty(open.Cells);
    }

    private static int IndexOf(JsonElement grid, JsonElement point)
    {
        int Index(string from, string axis) => (int)Math.Round((point.GetProperty(axis).GetDouble() - grid.GetProperty(from).GetDouble()) / grid.GetProperty($"{from}_step").GetDouble());
        return (Index("latitude", "latitude") * grid.GetProperty("columns").GetInt32()) + Index("longitude", "longitude");
    }
}
