using System.IO.Pipelines;
using System.Text;
using RealtimeHub.Engine.Transport;
using RealtimeHub.Testing;

namespace RealtimeHub.Tests.Engine.Transport;

public class SharedOutputTests
{
    private const int Threshold = 4_096;

    private readonly Pipe _pipe = new(new PipeOptions(pauseWriterThreshold: Threshold, resumeWriterThreshold: Threshold / 2, useSynchronizationContext: false));
    private readonly ManualTimeProvider _clock = new();
    private readonly SharedOutput _output;

    public SharedOutputTests() => _output = new SharedOutput(_pipe.Writer, socket: null, new FlushQueue(), _clock);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task BeginAsync_waits_until_the_turn_before_has_ended()
    {
        Assert.True(_output.TryBegin());

        var second = _output.BeginAsync(Cancellation);
        Assert.False(second.IsCompleted);
        await _output.EndAsync();

        await second.WaitAsync(TimeSpan.FromSeconds(10), Cancellation);
        Assert.False(_output.TryBegin());
    }

    [Fact]
    public async Task AppendMessage_frames_what_is_flushed_at_the_end_of_the_turn()
    {
        Assert.True(_output.TryBegin());
        _output.AppendMessage("one"u8, isBinary: false);
        _output.AppendMessage("two"u8, isBinary: true);
        await _output.EndAsync();

        Assert.Equal("81036F6E65820374776F", Convert.ToHexString(await ReadAsync(10)));
    }

    [Fact]
    public async Task EndSoon_leaves_the_flush_to_the_queue()
    {
        await SendAsync("first", soon: false);
        await SendAsync("second", soon: true);

        Assert.Equal("firstsecond", Encoding.UTF8.GetString(await ReadAsync(11)));
    }

    [Fact]
    public async Task Stuck_grows_while_nobody_reads_and_ends_when_somebody_does()
    {
        Assert.True(_output.TryBegin());
        _output.Append(new byte[2 * Threshold]);
        var end = _output.EndAsync().AsTask();

        _clock.Advance(TimeSpan.FromSeconds(7));
        Assert.Equal(TimeSpan.FromSeconds(7), _output.Stuck);

        await ReadAsync(2 * Threshold);
        await end.WaitAsync(TimeSpan.FromSeconds(10), Cancellation);
        Assert.Equal(TimeSpan.Zero, _output.Stuck);
    }

    [Fact]
    public async Task Cancel_ends_a_turn_that_nobody_reads()
    {
        Assert.True(_output.TryBegin());
        _output.Append(new byte[2 * Threshold]);
        var end = _output.EndAsync().AsTask();

        _output.Cancel();

        await end.WaitAsync(TimeSpan.FromSeconds(10), Cancellation);
        Assert.True(_output.IsClosed);
        Assert.True(_output.TryBegin());
    }

    [Theory]
    [InlineData("8800", true)]
    [InlineData("8A00", false)]
    [InlineData("8100", false)]
    public async Task Close_frames_of_the_WebSocket_are_the_last_word(string frame, bool isLast)
    {
        await using var stream = new SharedUpgradeStream(Stream.Null, _output);

        await stream.WriteAsync(Convert.FromHexString(frame), Cancellation);

        Assert.Equal(isLast, _output.IsClosed);
        Assert.Equal(frame, Convert.ToHexString(await ReadAsync(2)));
    }

    [Fact]
    public async Task Turns_of_many_threads_never_mix_their_messages()
    {
        const int threads = 4;
        const int messages = 500;
        var writing = Enumerable.Range(0, threads).Select(thread => Task.Run(async () =>
        {
            var text = new string((char)('a' + thread), 100);
            for (var i = 0; i < messages; i++)
            {
                await _output.BeginAsync(Cancellation);
                _output.Append(Encoding.UTF8.GetBytes(text));
                await (i % 2 == 0 ? _output.EndSoon() : _output.EndAsync());
            }
        })).ToList();

        var all = Encoding.UTF8.GetString(await ReadAsync(threads * messages * 100));
        await Task.WhenAll(writing);

        Assert.All(all.Chunk(100), message => Assert.Single(message.Distinct()));
    }

    private async Task SendAsync(string text, bool soon)
    {
        await _output.BeginAsync(Cancellation);
        _output.Append(Encoding.UTF8.GetBytes(text));
        await (soon ? _output.EndSoon() : _output.EndAsync());
    }

    private async Task<byte[]> ReadAsync(int length)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        limit.CancelAfter(TimeSpan.FromSeconds(30));
        var bytes = new byte[length];
        await _pipe.Reader.AsStream().ReadExactlyAsync(bytes, limit.Token);
        return bytes;
    }
}
