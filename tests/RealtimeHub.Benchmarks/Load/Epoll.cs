using System.ComponentModel;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace RealtimeHub.Benchmarks.Load;

/// <summary>Linux epoll: tells which of thousands of sockets have something to read, at a cost that does not grow with the idle ones.</summary>
/// <remarks>Used only by the client loop. Level-triggered. A socket that is closed leaves the set by itself.</remarks>
internal sealed partial class Epoll : IDisposable
{
    private const int CloseOnExec = 0x80000;
    private const int AddOperation = 1;
    private const uint Readable = 1;
    private const int Capacity = 512;

    // The kernel packs the structure on x64 only.
    private static readonly int DataOffset = RuntimeInformation.ProcessArchitecture == Architecture.X64 ? 4 : 8;
    private static readonly int EventSize = DataOffset + 8;

    private readonly byte[] _events = new byte[Capacity * EventSize];
    private readonly int _handle;

    public Epoll()
    {
        if (!OperatingSystem.IsLinux())
        {
            throw new PlatformNotSupportedException("The comparison drives its load through epoll and runs on Linux only.");
        }

        _handle = ThrowIfNegative(Create(CloseOnExec));
    }

    /// <summary>Watches a socket; <paramref name="slot"/> comes back from <see cref="Slot"/> when it is readable.</summary>
    public void Add(Socket socket, int slot)
    {
        Span<byte> one = stackalloc byte[EventSize];
        MemoryMarshal.Write(one, Readable);
        MemoryMarshal.Write(one[DataOffset..], (long)slot);
        ThrowIfNegative(Control(_handle, AddOperation, (int)socket.Handle, one));
    }

    /// <summary>Waits until something is readable, at most for the given time; returns how many sockets are.</summary>
    public int Wait(int timeoutMs)
    {
        var count = Wait(_handle, _events, Capacity, timeoutMs);
        const int Interrupted = 4;
        return count < 0 && Marshal.GetLastPInvokeError() == Interrupted ? 0 : ThrowIfNegative(count);
    }

    /// <summary>The slot of the socket that the last wait reported at this place.</summary>
    public int Slot(int index) => (int)MemoryMarshal.Read<long>(_events.AsSpan((index * EventSize) + DataOffset));

    public void Dispose() => _ = Close(_handle);

    private static int ThrowIfNegative(int result) => result >= 0 ? result : throw new Win32Exception(Marshal.GetLastPInvokeError());

    [LibraryImport("libc", EntryPoint = "epoll_create1", SetLastError = true)]
    private static partial int Create(int flags);

    [LibraryImport("libc", EntryPoint = "epoll_ctl", SetLastError = true)]
    private static partial int Control(int epoll, int operation, int socket, Span<byte> entry);

    [LibraryImport("libc", EntryPoint = "epoll_wait", SetLastError = true)]
    private static partial int Wait(int epoll, [Out] byte[] entries, int capacity, int timeoutMs);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    private static partial int Close(int handle);
}
