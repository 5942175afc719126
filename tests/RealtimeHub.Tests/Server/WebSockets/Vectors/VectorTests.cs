namespace RealtimeHub.Tests.Server.WebSockets.Vectors;

/// <summary>The vectors that describe steps on a plain WebSocket, as they are; what differs is listed with its reason, and has to differ.</summary>
public class VectorTests(VectorServers servers) : IClassFixture<VectorServers>
{
    private static readonly Dictionary<string, string> Differences = new()
    {
        ["kfm-val-20"] = "It asks for a time that the served data does not have; in the documented order time is looked at before the method.",
    };

    public static TheoryData<string> Same => [.. VectorCase.All.Where(c => !Differences.ContainsKey(c.Id)).Select(c => c.Id)];

    public static TheoryData<string, string> Different => new(Differences.Select(d => (d.Key, d.Value)));

    [Theory]
    [MemberData(nameof(Same))]
    public async Task P340_the_vectors_hold(string id) => Assert.Null(await RunAsync(id));

    [Theory]
    [MemberData(nameof(Different))]
    public async Task P340_what_differs_is_listed(string id, string reason)
    {
        Assert.NotEmpty(reason);
        Assert.NotNull(await RunAsync(id));
    }

    [Fact]
    public void P340_so_many_cases_are_run() => Assert.InRange(Same.Count, 45, 200);

    private Task<string?> RunAsync(string id) => new VectorRun(VectorCase.All.Single(c => c.Id == id), servers).RunAsync();
}
