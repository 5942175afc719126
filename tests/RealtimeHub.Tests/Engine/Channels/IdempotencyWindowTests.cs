using RealtimeHub.Engine.Channels;

namespace RealtimeHub.Tests.Engine.Channels;

public class IdempotencyWindowTests
{
    private static readonly AppendResult Result = new(AppendStatus.Done, "epoch", []);

    [Fact]
    public void TryGet_finds_what_was_added_with_its_fingerprint()
    {
        var window = new IdempotencyWindow();
        window.Add("k", "print", Result, DateTimeOffset.UnixEpoch);

        Assert.True(window.TryGet("k", DateTimeOffset.UnixEpoch, out var fingerprint, out var result));
        Assert.Equal(("print", Result), (fingerprint, result));
        Assert.False(window.TryGet("other", DateTimeOffset.UnixEpoch, out _, out _));
    }

    [Fact]
    public void Add_forgets_the_oldest_when_full()
    {
        var window = new IdempotencyWindow();

        for (var i = 0; i <= 10_000; i++)
        {
            window.Add($"k{i}", "", Result, DateTimeOffset.UnixEpoch);
        }

        Assert.False(window.TryGet("k0", DateTimeOffset.UnixEpoch, out _, out _));
        Assert.True(window.TryGet("k1", DateTimeOffset.UnixEpoch, out _, out _));
        Assert.True(window.TryGet("k10000", DateTimeOffset.UnixEpoch, out _, out _));
    }
}
