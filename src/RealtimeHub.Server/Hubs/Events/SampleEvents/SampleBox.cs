namespace RealtimeHub.Server.Hubs.Events.SampleEvents;

/// <summary>A place in a picture, relative to its size.</summary>
internal readonly record struct SampleBox(double X, double Y, double Width, double Height)
{
    /// <summary>The box a little further on, still inside the picture.</summary>
    public SampleBox Moved(double right, double down) => this with { X = Inside(X + right, Width), Y = Inside(Y + down, Height) };

    // Three decimals are a pixel of any camera.
    private static double Inside(double at, double size) => Math.Round(Math.Clamp(at, 0, 1 - size), 3);
}
