namespace RealtimeHub.Benchmarks.Serving;

/// <summary>How a server process is started.</summary>
/// <param name="Variant">One of <see cref="ServerVariants"/>.</param>
/// <param name="SendBufferBytes">The kernel's send buffer of each connection; 0 leaves it to the system.</param>
internal sealed record ServeOptions(string Variant, int SendBufferBytes);
