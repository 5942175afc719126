using System.IO.Pipelines;
using System.Net;
using System.Net.Sockets;
using RealtimeHub.Engine.Transport;

namespace RealtimeHub.Tests.Engine.Transport;

/// <summary>An output with a real socket, and with a pipe that is sent to the same socket as a server does it.</summary>
public sealed class DirectSendTests : IAsyncLifetime
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    private readonly Pipe _pipe = new(new PipeOptions(
        pauseWriterThreshold: SharedUpgradeStartupFilter.BufferBytes, resumeWriterThreshold: SharedUpgradeStartupFilter.BufferBytes / 2, useSynchronizationContext: false));

    private Socket _server = null!;
    private Socket _client = null!;
    private SharedOutput _output = null!;
    private Task _piping = null!;
    private long _piped;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        _client = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = 16 << 10 };
        await _client.ConnectAsync(listener.LocalEndpoint, Cancellation);
        _server = await listener.AcceptSocketAsync(Cancellation);
        _server.SendBufferSize = 16 << 10;
        _server.Blocking = false;
        _output = new SharedOutput(_pipe.Writer, _server, new FlushQueue(), TimeProvider.System);
        _piping = PipeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _pipe.Writer.CompleteAsync();
        await _piping;
        _server.Dispose();
        _client.Dispose();
    }

    [Fact]
    public async Task What_the_socket_takes_does_not_go_through_the_pipe()
    {
        await SendAsync(1, 1_000);

        Assert.All(await ReadAsync(1_000), value => Assert.Equal(1, value));
        Assert.Equal(0, Volatile.Read(ref _piped));
    }

    [Fact]
    public async Task What_it_does_not_take_waits_in_the_pipe_and_stays_in_order_and_then_it_is_used_again()
    {
        const int size = 64 << 10;
        var sending = Enumerable.Range(1, 40).Aggregate(Task.CompletedTask, (before, value) => AfterAsync(before, (byte)value, size));

        // Nobody reads: the socket is full, and the turn waits.
        SpinWait.SpinUntil(() => Volatile.Read(ref _piped) > 0, Limit);
        Assert.True(Volatile.Read(ref _piped) > 0);
        Assert.False(sending.IsCompleted);

        for (var value = 1; value <= 40; value++)
        {
            Assert.Equal((byte)value, Assert.Single((await ReadAsync(size)).Distinct()));
        }

        await sending.WaitAsync(Limit, Cancellation);
        var piped = Volatile.Read(ref _piped);
        await SendAsync(99, 1_000);
        Assert.All(await ReadAsync(1_000), value => Assert.Equal(99, value));
        Assert.Equal(piped, Volatile.Read(ref _piped));
    }

    [Fact]
    public async Task A_flush_that_was_cancelled_leaves_the_rest_to_the_pipe_in_order()
    {
        const int size = 4 << 20;
        Assert.True(_output.TryBegin());
        _output.Append(Enumerable.Repeat((byte)1, size).ToArray());
        var end = _output.EndAsync().AsTask();
        Assert.False(end.IsCompleted);

        var closing = _output.CloseAsync();
        await end.WaitAsync(Limit, Cancellation);
        await closing.WaitAsync(Limit, Cancellation);
        await _output.BeginAsync(Cancellation);
        _output.Append([2, 2]);
        var last = _output.EndAsync().AsTask();

        Assert.Equal(1, Assert.Single((await ReadAsync(size)).Distinct()));
        Assert.Equal([2, 2], await ReadAsync(2));
        await last.WaitAsync(Limit, Cancellation);
    }

    [Fact]
    public async Task A_socket_that_is_closed_takes_everything_for_nobody()
    {
        _server.Dispose();

        await SendAsync(1, 1_000).WaitAsync(Limit, Cancellation);

        Assert.Equal(TimeSpan.Zero, _output.Stuck);
    }

    private async Task AfterAsync(Task before, byte value, int size)
    {
        await before;
        await SendAsync(value, size);
    }

    private async Task SendAsync(byte value, int size)
    {
        await _output.BeginAsync(Cancellation);
        _output.Append(Enumerable.Repeat(value, size).ToArray());
        await _output.EndAsync();
    }

    private async Task<byte[]> ReadAsync(int length)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        limit.CancelAfter(Limit);
        var bytes = new byte[length];
        for (var read = 0; read < length;)
        {
            var got = await _client.ReceiveAsync(bytes.AsMemory(read), limit.Token);
            Assert.NotEqual(0, got);
            read += got;
        }

        return bytes;
    }

    private async Task PipeAsync()
    {
        while (true)
        {
            var read = await _pipe.Reader.ReadAsync(CancellationToken.None);
            Interlocked.Add(ref _piped, read.Buffer.Length);
            foreach (var segment in read.Buffer)
            {
                for (var sent = 0; sent < segment.Length;)
                {
                    sent += await _server.SendAsync(segment[sent..], SocketFlags.None, CancellationToken.None);
                }
            }

            _pipe.Reader.AdvanceTo(read.Buffer.End);
            if (read.IsCompleted)
            {
                return;
            }
        }
    }
}
