using System.Runtime.Intrinsics;
using RealtimeHub.Science.Simulation.Kernels;
using RealtimeHub.Testing;

namespace RealtimeHub.Tests.Science.Simulation;

/// <summary>The golden tests once more, in processes that think they have a lesser processor.</summary>
public sealed class SimdWidthTests
{
    [Theory]
    [InlineData("DOTNET_EnableAVX512", LaneWidth.Eight)]
    [InlineData("DOTNET_EnableAVX2", LaneWidth.Four)]
    [InlineData("DOTNET_EnableHWIntrinsic", LaneWidth.One)]
    public async Task Golden_checksums_hold_with_parts_of_the_processor_switched_off(string variable, LaneWidth widest)
    {
        if (!Vector512.IsHardwareAccelerated && widest == LaneWidth.Eight && !Vector256.IsHardwareAccelerated)
        {
            widest = LaneWidth.Four;
        }

        var environment = new Dictionary<string, string>
        {
            [variable] = "0",
            [SimulationGoldenTests.LanesVariable] = widest.ToString(),
        };

        await using var child = ChildProcess.StartOurs("RealtimeHub.Tests.dll", ["-class", typeof(SimulationGoldenTests).FullName!, "-parallel", "none", "-noColor"], environment);
        var exitCode = await child.WaitForExitAsync(TimeSpan.FromMinutes(3));

        var output = string.Join('\n', child.Lines);
        Assert.True(exitCode == 0, output);
        Assert.Matches(@"Total: [1-9]\d+, Errors: 0, Failed: 0", output);
    }
}
