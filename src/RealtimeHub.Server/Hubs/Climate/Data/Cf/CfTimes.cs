using RealtimeHub.Server.Hubs.Climate.Data.Zarr;

namespace RealtimeHub.Server.Hubs.Climate.Data.Cf;

/// <summary>Reads the times of a store.</summary>
internal static class CfTimes
{
    /// <summary>The valid times of these indices of the time dimension; they have to ascend.</summary>
    public static async ValueTask<FieldTimes> ReadAsync(ZarrStore store, CfRoles roles, IReadOnlyList<int> indices, CancellationToken cancellationToken)
    {
        if (roles.Time is not { } time)
        {
            throw new ZarrFormatException(store.Name, null, "time", "is not there as a coordinate");
        }

        var unit = UnitOf(store, time);
        var times = new List<DateTimeOffset>(indices.Count);
        for (var from = 0; from < indices.Count;)
        {
            var count = RunLength(indices, from);
            var values = await store.Find(time.Name)!.ReadAsync<double>(new ZarrSlab([indices[from]], [count]), cancellationToken);
            foreach (var value in values)
            {
                var at = unit.At(value) ?? throw new ZarrFormatException(store.Name, time.Name, "value", "is no time");
                if (times.Count > 0 && at <= times[^1])
                {
                    throw new ZarrFormatException(store.Name, time.Name, $"value {indices[times.Count]}", "is not later than the one before");
                }

                times.Add(at);
            }

            from += count;
        }

        return new FieldTimes(times);
    }

    public static async ValueTask<DateTimeOffset?> ReadReferenceTimeAsync(ZarrStore store, CfRoles roles, CancellationToken cancellationToken)
    {
        if (roles.ReferenceTime is not { } reference)
        {
            return null;
        }

        var value = (await store.Find(reference.Name)!.ReadAllAsync<double>(cancellationToken))[0];
        return UnitOf(store, reference).At(value) ?? throw new ZarrFormatException(store.Name, reference.Name, "value", "is no time");
    }

    // How many of the indices from here on follow one another.
    private static int RunLength(IReadOnlyList<int> indices, int from)
    {
        var length = 1;
        while (from + length < indices.Count && indices[from + length] == indices[from] + length)
        {
            length++;
        }

        return length;
    }

    private static CfTimeUnit UnitOf(ZarrStore store, ZarrArrayMetadata array)
    {
        if (array.Attributes.Text("calendar") is { } calendar and not ("standard" or "gregorian" or "proleptic_gregorian"))
        {
            throw new ZarrFormatException(store.Name, array.Name, "calendar", "has to be standard, gregorian or proleptic_gregorian");
        }

        return CfTimeUnit.Parse(array.Attributes.Text("units") ?? "")
            ?? throw new ZarrFormatException(store.Name, array.Name, "units", "have to be seconds, minutes, hours or days since a date");
    }
}
