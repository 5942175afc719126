namespace RealtimeHub.Server.Hubs.Climate.Data.Watching;

internal enum FieldSourceChangeKind
{
    Added,
    Updated,
    Removed,
}
