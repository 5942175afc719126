using System.Globalization;
using System.Text;
using System.Text.Json;
using RealtimeHub.Protocol.Audit;

namespace RealtimeHub.Server.Audit;

/// <summary>An append-only file of chained records, continued over restarts and rotated by size. Used by one loop.</summary>
internal sealed class AuditFile : IDisposable
{
    private const int MaxProcesses = 32;
    private const int TailBytes = 64 << 10;

    private readonly AuditOptions _options;
    private readonly byte[]? _secret;
    private FileStream _stream;
    private long _sequence;
    private string _previous = AuditChain.Origin;

    private AuditFile(string path, FileStream stream, AuditOptions options)
    {
        Path = path;
        _stream = stream;
        _options = options;
        _secret = options.Secret is null ? null : Encoding.UTF8.GetBytes(options.Secret);
    }

    public string Path { get; }

    /// <summary>Opens the file and takes up its chain. A file that another process writes stays that process's: this one takes the next name.</summary>
    public static AuditFile Open(string path, AuditOptions options)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(path))!);
        for (var i = 1; ; i++)
        {
            var own = i == 1 ? path : WithSuffix(path, string.Create(CultureInfo.InvariantCulture, $"-process{i}"));
            try
            {
                var file = new AuditFile(own, OpenStream(own), options);
                file.TakeUp();
                return file;
            }
            catch (IOException) when (i < MaxProcesses && File.Exists(own))
            {
                // Locked by another process.
            }
        }
    }

    public void Append(AuditEvent record)
    {
        var body = JsonSerializer.Serialize(record with { Seq = _sequence + 1 }, AuditJsonContext.Default.AuditEvent)[..^1] + $",\"prev\":\"{_previous}\"";
        var line = AuditChain.Seal(body, _secret, out var hash);
        _stream.Write(Encoding.UTF8.GetBytes(line + "\n"));
        _sequence++;
        _previous = hash;
        if (_stream.Position >= _options.MaxFileBytes)
        {
            Rotate();
        }
    }

    public void Flush() => _stream.Flush();

    public void Dispose() => _stream.Dispose();

    private static FileStream OpenStream(string path) => new(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);

    private static string WithSuffix(string path, string suffix) =>
        System.IO.Path.Combine(System.IO.Path.GetDirectoryName(path)!, System.IO.Path.GetFileNameWithoutExtension(path) + suffix + System.IO.Path.GetExtension(path));

    private static string? LastCompleteLine(Stream stream, out bool isTorn)
    {
        var length = (int)Math.Min(stream.Length, TailBytes);
        var tail = new byte[length];
        stream.Seek(-length, SeekOrigin.End);
        stream.ReadExactly(tail);
        isTorn = length > 0 && tail[^1] != (byte)'\n';
        var lines = Encoding.UTF8.GetString(tail).Split('\n');
        return lines[..^1].LastOrDefault(l => l.Length > 0);
    }

    // The chain goes on where it ended, in this file or in the newest of the full ones.
    private void TakeUp()
    {
        var last = LastCompleteLine(_stream, out var isTorn);
        if (last is null && Rotated().LastOrDefault() is { } newest)
        {
            using var full = File.OpenRead(newest);
            last = LastCompleteLine(full, out _);
        }

        if (last is not null && AuditChain.TrySplit(last, out _, out var hash))
        {
            using var document = JsonDocument.Parse(last);
            _sequence = document.RootElement.GetProperty("seq").GetInt64();
            _previous = hash;
        }

        _stream.Seek(0, SeekOrigin.End);
        if (isTorn)
        {
            // A record that a crash cut off stays as it is, on a line of its own; the verifier names it.
            _stream.WriteByte((byte)'\n');
        }
    }

    private void Rotate()
    {
        _stream.Dispose();
        File.Move(Path, WithSuffix(Path, string.Create(CultureInfo.InvariantCulture, $".{_sequence:D12}")), overwrite: false);
        _stream = OpenStream(Path);
        if (_options.MaxFiles > 0)
        {
            foreach (var old in Rotated().SkipLast(_options.MaxFiles))
            {
                File.Delete(old);
            }
        }
    }

    // Named by their last record, so that the order of names is the order of records.
    private IEnumerable<string> Rotated() => Directory
        .EnumerateFiles(System.IO.Path.GetDirectoryName(Path)!, $"{System.IO.Path.GetFileNameWithoutExtension(Path)}.*{System.IO.Path.GetExtension(Path)}")
        .Where(f => f != Path)
        .Order(StringComparer.Ordinal);
}
