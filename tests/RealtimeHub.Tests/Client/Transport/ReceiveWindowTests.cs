using RealtimeHub.Client.Transport;

namespace RealtimeHub.Tests.Client.Transport;

public class ReceiveWindowTests
{
    private readonly ReceiveWindow _window = new(2);

    [Fact]
    public void OpenAsync_waits_while_the_window_is_full()
    {
        _window.Enter();
        _window.Enter();

        var open = _window.OpenAsync(TestContext.Current.CancellationToken);
        Assert.False(open.IsCompleted);
        _window.Leave();

        Assert.True(_window.OpenAsync(TestContext.Current.CancellationToken).IsCompletedSuccessfully);
    }

    [Fact]
    public async Task OpenAsync_lets_through_while_a_call_waits_for_its_answer()
    {
        _window.Enter();
        _window.Enter();
        var open = _window.OpenAsync(TestContext.Current.CancellationToken);

        _window.BeginCall();
        await open;
        _window.EndCall();

        Assert.False(_window.OpenAsync(TestContext.Current.CancellationToken).IsCompleted);
    }

    [Fact]
    public async Task DrainAsync_waits_for_the_last_message()
    {
        _window.Enter();
        var drained = _window.DrainAsync(TestContext.Current.CancellationToken);
        Assert.False(drained.IsCompleted);

        _window.Leave();

        await drained;
    }

    [Fact]
    public async Task OpenAsync_can_be_cancelled()
    {
        _window.Enter();
        _window.Enter();
        using var cancellation = new CancellationTokenSource();
        var open = _window.OpenAsync(cancellation.Token);

        await cancellation.CancelAsync();

        await Assert.ThrowsAsync<TaskCanceledException>(() => open);
    }
}
