using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using RealtimeHub.Server.Hubs.Climate.Data;
using RealtimeHub.Server.Policy.Areas;

namespace RealtimeHub.Server.Policy.Masks;

/// <summary>The masks of sources, each worked out once per policy and sort of reader; gone with the source's grid. Thread-safe.</summary>
internal sealed class MaskCache
{
    private readonly ConditionalWeakTable<FieldGrid, ConcurrentDictionary<string, Lazy<MaskedGrid>>> _masks = [];

    /// <summary>What a sort of reader is shown of a source.</summary>
    /// <remarks>At most one policy is kept per source, the newest asked for, so the table holds one mask per authority.</remarks>
    public MaskedGrid Get(PolicyDocument policy, FieldGrid grid, CareAudience audience, int k)
    {
        var ofGrid = _masks.GetValue(grid, _ => new ConcurrentDictionary<string, Lazy<MaskedGrid>>(StringComparer.Ordinal));
        var key = $"{policy.Version} {audience.Authority}";
        if (!ofGrid.TryGetValue(key, out var mask))
        {
            foreach (var old in ofGrid.Keys.Where(o => !o.StartsWith(policy.Version, StringComparison.Ordinal)))
            {
                ofGrid.TryRemove(old, out _);
            }

            mask = ofGrid.GetOrAdd(key, _ => new Lazy<MaskedGrid>(() => new MaskBuilder(grid, k).Build([.. policy.Areas.Where(a => !audience.IsExemptFrom(a))])));
        }

        return mask.Value;
    }
}
