namespace RealtimeHub.Server.Hubs.Climate.Data.Watching;

/// <summary>A source that appeared, changed or went.</summary>
/// <remarks>
/// Source: the source as it is now; null when it went.
/// NewTimes: the times that it did not have before.
/// </remarks>
internal sealed record FieldSourceChange(FieldSourceChangeKind Kind, string Id, IFieldSource? Source, IReadOnlyList<DateTimeOffset> NewTimes);
