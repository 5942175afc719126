using RealtimeHub.Cli;
using RealtimeHub.Testing;

namespace RealtimeHub.Tests.Cli;

public class InterruptionTests
{
    [Fact]
    public void Signal_asks_first_and_ends_the_process_later()
    {
        var time = new ManualTimeProvider();
        using var interruption = new Interruption(time);

        Assert.True(interruption.Signal());
        Assert.True(interruption.Token.IsCancellationRequested);
        Assert.True(interruption.Signal());
        time.Advance(TimeSpan.FromSeconds(1));

        Assert.False(interruption.Signal());
    }
}
