namespace RealtimeHub.Server.Hubs.Climate.Data.Watching;

/// <summary>One store of a watched folder, between two scans. Used only by the scan, but for the doubt that a reader may raise.</summary>
internal sealed class WatchedStore(string directory)
{
    private volatile bool _isDoubted;

    public string Directory { get; } = directory;

    public string Name => Path.GetFileName(Directory);

    public StoreInspection? Inspection { get; private set; }

    public ZarrFieldSource? Source { get; set; }

    /// <summary>Why it is not served; null when it is.</summary>
    public string? Problem { get; set; }

    /// <summary>Says that a file is not what its stamp promises, so that the next scan reads them all.</summary>
    public void Doubt() => _isDoubted = true;

    /// <summary>Inspects the store anew, unless no file changed; says whether it did.</summary>
    public async ValueTask<bool> TryInspectAsync(StoreInspector inspector, CancellationToken cancellationToken)
    {
        if (_isDoubted)
        {
            _isDoubted = false;
            Inspection = null;
        }

        var inspection = await inspector.InspectAsync(Directory, Inspection, cancellationToken);
        var isNew = !ReferenceEquals(inspection, Inspection);
        Inspection = inspection;
        return isNew;
    }
}
