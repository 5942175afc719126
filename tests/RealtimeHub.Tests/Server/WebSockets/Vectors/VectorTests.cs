namespace RealtimeHub.Tests.Server.WebSockets.Vectors;

/// <summary>The vectors that describe steps on a plain WebSocket, as they are; what differs is listed with its reason, and has to differ.</summary>
public class VectorTests
{
    private static readonly Dictionary<string, string> Differences = new()
    {
        ["nem-life-4"] = "It closes after two seconds without a message; the documented range begins with thirty.",
    };

    public static TheoryData<string> Same => [.. VectorCase.All.Where(c => !Differences.ContainsKey(c.Id)).Select(c => c.Id)];

    public static TheoryData<string> Different => [.. VectorCase.All.Where(c => Differences.ContainsKey(c.Id)).Select(c => c.Id)];

    [Theory]
    [MemberData(nameof(Same))]
    public async Task P340_the_vectors_hold(string id) => Assert.Null(await new VectorRun(VectorCase.All.Single(c => c.Id == id)).RunAsync());

    [Fact]
    public void P340_so_many_cases_are_run() => Assert.InRange(Same.Count, 45, 200);
}
