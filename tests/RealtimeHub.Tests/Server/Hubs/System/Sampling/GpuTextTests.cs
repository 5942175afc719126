using RealtimeHub.Protocol.Status;
using RealtimeHub.Server.Hubs.System.Sampling;

namespace RealtimeHub.Tests.Server.Hubs.System.Sampling;

public class GpuTextTests
{
    [Fact]
    public void Parse_reads_one_processor_per_line_with_memory_in_bytes()
    {
        var found = GpuText.Parse("NVIDIA RTX A5500, 37, 1024, 24564, 52\nTesla T4, 0, 0, 15360, 33\n");

        Assert.Equal(
            [
                new GpuStatus("NVIDIA RTX A5500", 37, 1024L << 20, 24564L << 20, 52),
                new GpuStatus("Tesla T4", 0, 0, 15360L << 20, 33),
            ],
            found);
    }

    [Fact]
    public void Parse_leaves_out_what_the_driver_cannot_tell()
    {
        var found = GpuText.Parse("GRID, model K1, [N/A], [Not Supported], 4096, [Unknown Error]");

        Assert.Equal([new GpuStatus("GRID, model K1", null, null, 4096L << 20, null)], found);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n\n")]
    [InlineData("No devices were found")]
    [InlineData("a, b, c")]
    public void Parse_is_absent_where_no_processor_is_named(string text) => Assert.Null(GpuText.Parse(text));
}
