namespace RealtimeHub.Server.Hubs.Climate.Data;

/// <summary>A dataset of fields on one grid: a store on disk, or later a remote service. Thread-safe.</summary>
internal interface IFieldSource
{
    /// <summary>What the source has. It never changes; a source whose data change is replaced by another one.</summary>
    FieldCatalogue Catalogue { get; }

    /// <summary>Reads float32 values, rows from south to north. What the source lacks is an outcome, not an exception.</summary>
    /// <remarks>Every value belongs to the catalogue's digest; where the data have changed since, the outcome is <see cref="FieldReadStatus.SourceChanged"/>.</remarks>
    ValueTask<FieldRead> ReadAsync(FieldRequest request, CancellationToken cancellationToken);
}
