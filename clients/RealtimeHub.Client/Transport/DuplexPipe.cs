using System.IO.Pipelines;

namespace RealtimeHub.Client.Transport;

internal sealed record DuplexPipe(PipeReader Input, PipeWriter Output) : IDuplexPipe;
