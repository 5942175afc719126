using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace RealtimeHub.Engine.Streaming;

/// <summary>Stream items that several streams yield: encoded once per hub protocol, whoever they go to.</summary>
/// <remarks>Thread-safe. An item must not change once it is shared; its bytes live as long as it does.</remarks>
public static class SharedItems
{
    private static readonly ConditionalWeakTable<object, ItemEncodings> Encodings = [];

    /// <summary>Says that an item goes to several streams. Yield this instance to all of them.</summary>
    public static T Share<T>(T item)
        where T : class
    {
        Encodings.TryAdd(item, new ItemEncodings());
        return item;
    }

    internal static bool TryGet(object? item, [NotNullWhen(true)] out ItemEncodings? encodings)
    {
        encodings = null;
        return item is not null && !item.GetType().IsValueType && Encodings.TryGetValue(item, out encodings);
    }
}
