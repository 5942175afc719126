namespace RealtimeHub.Server.Hubs.Climate.Data;

internal static partial class ClimateDataLog
{
    [LoggerMessage(1671, LogLevel.Information, "Store {Store} is served: {Times} times from {First:O} to {Last:O}, digest {Digest}.", EventName = "StoreServed")]
    public static partial void StoreServed(ILogger logger, string store, int times, DateTimeOffset first, DateTimeOffset last, string digest);

    [LoggerMessage(1672, LogLevel.Information, "Store {Store} is gone and no longer served.", EventName = "StoreGone")]
    public static partial void StoreGone(ILogger logger, string store);

    [LoggerMessage(1673, LogLevel.Warning, "Store {Store} is not served: {Reason}", EventName = "StoreRefused")]
    public static partial void StoreRefused(ILogger logger, string store, string reason);

    [LoggerMessage(1674, LogLevel.Warning, "The data folder {Folder} cannot be read: {Reason} It is tried again at every rescan.", EventName = "DataFolderMissing")]
    public static partial void DataFolderMissing(ILogger logger, string folder, string reason);

    [LoggerMessage(1675, LogLevel.Warning, "The data folder {Folder} cannot be watched: {Reason}; changes are found by the rescan only.", EventName = "DataFolderNotWatched")]
    public static partial void DataFolderNotWatched(ILogger logger, string folder, string reason);

    [LoggerMessage(1676, LogLevel.Debug, "Store {Store} waits: {Reason}", EventName = "StoreIncomplete")]
    public static partial void StoreIncomplete(ILogger logger, string store, string reason);
}
