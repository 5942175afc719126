using System.Text.RegularExpressions;

namespace RealtimeHub.Server.Hubs.Climate.Data.Zarr;

/// <summary>Reads whole files of bounded size.</summary>
internal static partial class ZarrFile
{
    /// <summary>The bytes of a file, or null where there is none.</summary>
    /// <exception cref="InvalidDataException">It is larger than the bound.</exception>
    public static async ValueTask<byte[]?> ReadAsync(string path, long maxBytes, CancellationToken cancellationToken)
    {
        try
        {
            await using var file = new FileStream(path, new FileStreamOptions
            {
                Mode = FileMode.Open,
                Share = FileShare.ReadWrite | FileShare.Delete,
                Options = FileOptions.Asynchronous,
                BufferSize = 0,
            });
            if (file.Length > maxBytes)
            {
                throw new InvalidDataException($"has {file.Length} bytes, more than {maxBytes}");
            }

            // A file that shrinks or grows meanwhile comes out as it was at one of the two lengths; its hash tells.
            var bytes = new byte[file.Length];
            var read = await file.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancellationToken);
            return read == bytes.Length ? bytes : bytes[..read];
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    /// <summary>Whether a name stays inside its store: plain segments, none of which starts with a dot.</summary>
    public static bool IsArrayName(string name) => name.Length <= 200 && ArrayName().IsMatch(name);

    [GeneratedRegex(@"\A[A-Za-z0-9_\-][A-Za-z0-9_.\-]*(/[A-Za-z0-9_\-][A-Za-z0-9_.\-]*){0,7}\z")]
    private static partial Regex ArrayName();
}
