using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace RealtimeHub.Tests.Server.Publishing;

/// <summary>A body of unknown length, written and flushed piece by piece.</summary>
internal sealed class ChunkedContent : HttpContent
{
    private readonly IReadOnlyList<string> _pieces;

    public ChunkedContent(IReadOnlyList<string> pieces, string contentType = Problem.Ndjson)
    {
        _pieces = pieces;
        Headers.ContentType = new MediaTypeHeaderValue(contentType);
    }

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
    {
        foreach (var piece in _pieces)
        {
            await stream.WriteAsync(Encoding.UTF8.GetBytes(piece));
            await stream.FlushAsync();
        }
    }

    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }
}
