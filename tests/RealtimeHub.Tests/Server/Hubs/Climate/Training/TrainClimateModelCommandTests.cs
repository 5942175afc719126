using RealtimeHub.Science.Climate;
using RealtimeHub.Server.Hubs.Climate.Training;
using RealtimeHub.Tests.Server.Hubs.Climate.Data;

namespace RealtimeHub.Tests.Server.Hubs.Climate.Training;

public sealed class TrainClimateModelCommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("train-").FullName;
    private readonly StringWriter _output = new();
    private readonly StringWriter _errors = new();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task RunAsync_twice_writes_the_same_bytes()
    {
        var (first, second) = (Path.Combine(_folder, "a", "test-1.json"), Path.Combine(_folder, "b", "test-1.json"));

        Assert.Equal(0, await RunAsync("--store", Stores.PathOf(Stores.Ruc), "--out", first, "--trees", "3", "--seed", "5"));
        Assert.Equal(0, await RunAsync("--store", Stores.PathOf(Stores.Ruc), "--out", second, "--trees", "3", "--seed", "5"));

        Assert.Equal(await File.ReadAllBytesAsync(first), await File.ReadAllBytesAsync(second));
        Assert.Equal(await File.ReadAllTextAsync(Path.ChangeExtension(first, ".md")), await File.ReadAllTextAsync(Path.ChangeExtension(second, ".md")));
        Assert.Equal(2, Directory.GetFiles(Path.GetDirectoryName(first)!).Length);
        Assert.Equal("test-1", new ClimateModel(ClimateModelJson.Read(await File.ReadAllBytesAsync(first))).Version);
        Assert.Contains("sha2-256 1220", _output.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Stores.Gfs, "has no variable")]
    [InlineData(Stores.Nam, "regular grid")]
    [InlineData("no-such-store", "cannot be")]
    public async Task RunAsync_says_why_a_store_does_not_serve(string store, string reason)
    {
        var exit = await RunAsync("--store", Stores.PathOf(store), "--out", Path.Combine(_folder, "test-1.json"));

        Assert.Equal(1, exit);
        Assert.Contains(reason, _errors.ToString(), StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(_folder));
    }

    [Theory]
    [InlineData()]
    [InlineData("--store", "x")]
    [InlineData("--store", "x", "--out", "y.txt")]
    [InlineData("--store", "x", "--out", "y.json", "--trees", "many")]
    [InlineData("--store", "x", "--out")]
    [InlineData("--store", "x", "--out", "y.json", "--depth", "3")]
    public async Task RunAsync_explains_its_use_where_it_is_misused(params string[] options)
    {
        Assert.Equal(2, await RunAsync(options));
        Assert.StartsWith("Usage:", _errors.ToString(), StringComparison.Ordinal);
    }

    private Task<int> RunAsync(params string[] options) => TrainClimateModelCommand.RunAsync([TrainClimateModelCommand.Verb, .. options], _output, _errors);
}
