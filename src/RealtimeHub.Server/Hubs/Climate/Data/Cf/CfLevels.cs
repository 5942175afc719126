using RealtimeHub.Server.Hubs.Climate.Data.Zarr;

namespace RealtimeHub.Server.Hubs.Climate.Data.Cf;

/// <summary>The levels of a store, turned so that they run from the ground up.</summary>
/// <remarks>
/// IsFlipped: the store's levels run down.
/// </remarks>
internal sealed record CfLevels(string Dimension, double[] Values, string? Units, bool IsFlipped)
{
    public static async ValueTask<CfLevels?> ReadAsync(ZarrStore store, CfRoles roles, CancellationToken cancellationToken)
    {
        if (roles.Level is not { } level || level.Shape[0] == 0)
        {
            return null;
        }

        if (level.Shape[0] > store.Limits.MaxLevels)
        {
            throw new ZarrFormatException(store.Name, level.Name, "shape", $"has more than {store.Limits.MaxLevels} levels");
        }

        var values = await store.Find(level.Name)!.ReadAllAsync<double>(cancellationToken);
        var growsDownward = level.Attributes.Text("positive") == "down" || level.Attributes.Text("standard_name") == "air_pressure";
        var isFlipped = values.Length > 1 && (values[0] < values[^1]) == growsDownward;
        if (isFlipped)
        {
            Array.Reverse(values);
        }

        for (var i = 0; i < values.Length; i++)
        {
            if (!double.IsFinite(values[i]) || (i > 0 && (growsDownward ? values[i] >= values[i - 1] : values[i] <= values[i - 1])))
            {
                throw new ZarrFormatException(store.Name, level.Name, "values", "have to run steadily up or down");
            }
        }

        return new CfLevels(level.Dimensions![0], values, level.Attributes.Text("units"), isFlipped);
    }
}
