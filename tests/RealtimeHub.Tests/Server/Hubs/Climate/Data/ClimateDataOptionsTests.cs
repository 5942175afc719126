using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using RealtimeHub.Server.Hubs.Climate.Data;
using RealtimeHub.Server.Hubs.Climate.Data.Clock;
using RealtimeHub.Server.Hubs.Climate.Data.Watching;

namespace RealtimeHub.Tests.Server.Hubs.Climate.Data;

public class ClimateDataOptionsTests
{
    [Fact]
    public void Defaults_replay_the_bundled_folder()
    {
        using var services = Build();

        Assert.Equal([Stores.Bundled], services.GetRequiredService<DataFolders>().Paths);
        var options = services.GetRequiredService<IOptions<ClimateDataOptions>>().Value;
        Assert.True(options is { Loop: true, Clock: DataClockMode.Auto, CacheBytes: 64 << 20 });
        Assert.Equal(TimeSpan.FromMinutes(1), options.WallTimePerDataHour);
    }

    [Theory]
    [InlineData("Folders:0", "", "ClimateData:Folders:0 is empty")]
    [InlineData("Folders:1", "/data/", "ClimateData:Folders:1 is '/data/'")]
    [InlineData("WallTimePerDataHour", "00:00:00", "WallTimePerDataHour")]
    [InlineData("FrameStep", "2.00:00:00", "FrameStep")]
    [InlineData("RescanInterval", "00:00:00", "RescanInterval")]
    [InlineData("CacheBytes", "-1", "CacheBytes")]
    [InlineData("MaxStores", "0", "MaxStores")]
    [InlineData("MaxChunkBytes", "0", "MaxChunkBytes")]
    [InlineData("Clock", "7", "Clock")]
    public void Validation_names_what_is_wrong(string key, string value, string expected)
    {
        using var services = Build(("Folders:0", "/data"), (key, value));

        var error = Assert.Throws<OptionsValidationException>(() => services.GetRequiredService<IOptions<ClimateDataOptions>>().Value);

        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    private static ServiceProvider Build(params (string Key, string Value)[] settings)
    {
        var builder = WebApplication.CreateSlimBuilder();
        foreach (var (key, value) in settings)
        {
            builder.Configuration[$"{ClimateDataOptions.SectionName}:{key}"] = value;
        }

        builder.Services.AddClimateData();
        return builder.Services.BuildServiceProvider();
    }
}
