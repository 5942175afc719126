using RealtimeHub.Server.Hubs.System.Sampling;

namespace RealtimeHub.Tests.Server.Hubs.System.Sampling;

public class ProcTextTests
{
    [Fact]
    public void ParseCpu_counts_all_but_idle_and_waiting_and_no_guest_time_twice()
    {
        const string Text = "cpu  100 1 20 500 30 4 5 6 70 8\ncpu0 1 1 1 1 1 1 1 1 1 1\n";

        Assert.Equal(new CpuTicks(136, 666), ProcText.ParseCpu(Text));
    }

    [Fact]
    public void ParseCpu_reads_old_kernels_with_fewer_columns() =>
        Assert.Equal(new CpuTicks(6, 10), ProcText.ParseCpu("cpu 1 2 3 4"));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("cpu0 1 2 3 4 5")]
    [InlineData("cpu 1 2")]
    [InlineData("cpu 1 2 three 4 5")]
    [InlineData("cpu -1 2 3 4 5")]
    public void ParseCpu_is_absent_for_other_texts(string? text) => Assert.Null(ProcText.ParseCpu(text));

    [Theory]
    [InlineData("0.72 0.27 0.12 2/148 7893\n", 0.72)]
    [InlineData("12", 12.0)]
    [InlineData("", null)]
    [InlineData(null, null)]
    [InlineData("much", null)]
    public void ParseLoadAverage_is_the_first_number(string? text, double? expected) =>
        Assert.Equal(expected, ProcText.ParseLoadAverage(text));

    [Theory]
    [InlineData("MemTotal:       24684092 kB\nMemFree:        23804564 kB\nMemAvailable:   23993848 kB\n", 23993848L * 1024)]
    [InlineData("MemTotal: 1 kB\n", null)]
    [InlineData("MemAvailable: lots kB", null)]
    [InlineData("MemAvailable: 5 MB", null)]
    [InlineData(null, null)]
    public void ParseMemoryAvailable_is_in_bytes(string? text, long? expected) =>
        Assert.Equal(expected, ProcText.ParseMemoryAvailable(text));

    [Fact]
    public void Read_is_absent_for_a_file_that_is_not_there() => Assert.Null(ProcText.Read("/proc/no-such-file"));
}
