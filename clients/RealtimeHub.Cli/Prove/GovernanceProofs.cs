using RealtimeHub.Cli.Climate;
using RealtimeHub.Client.Connections;
using RealtimeHub.Protocol.Channels;
using RealtimeHub.Protocol.Climate;
using RealtimeHub.Protocol.Json;
using RealtimeHub.Protocol.Streams;

namespace RealtimeHub.Cli.Prove;

/// <summary>Policy and determinism of climate frames: what is protected stays so however it is asked for, and what is shown can be computed again.</summary>
internal static class GovernanceProofs
{
    private const string Policy = "policy";
    private const string Determinism = "determinism";
    private const string Variable = "t2m";

    private static readonly double[] Box = [-101.0, 36.9, -94.6, 40.1];
    private static readonly double[] Shifted = [-100.2, 37.3, -95.1, 39.8];
    private static readonly TimeSpan FrameLimit = TimeSpan.FromSeconds(60);

    public static IReadOnlyList<Proof> All { get; } =
    [
        new(Policy, "P162", "Every climate frame says how it is masked, where it comes from, and what its checksum is", MembersAsync),
        new(Policy, "P151", "Where a box meets an area that denies, on_protected: deny refuses it", DenyAsync),
        new(Policy, "P152", "A point inside a concealed area is not explained", PointAsync),
        new(Policy, "P161", "A value that is shown is the same whatever box was asked for", WindowsAsync),
        new(Determinism, "P125", "The numbers of a frame are those that its checksum is of", DigestAsync),
        new(Determinism, "P121", "Equal requests share one channel and one frame, in whatever order they name", SharedAsync),
        new(Determinism, "P130", "The server computes a frame again, to the same checksum", VerifyAsync),
    ];

    private static async Task<string> MembersAsync(ProofSite site, CancellationToken cancellationToken)
    {
        var frame = await FrameAsync(site, Request(Box), cancellationToken).ConfigureAwait(false);
        ProofSite.Require(
            frame is { Care: not null, Prov: not null, Checksums: not null, Stac: not null },
            $"care {frame.Care is not null}, prov {frame.Prov is not null}, checksums {frame.Checksums is not null}, stac {frame.Stac is not null}");
        return $"{frame.Care!.Masking}, {frame.Care.Scope}, {frame.Checksums!.Multihash[..12]}…";
    }

    private static async Task<string> DenyAsync(ProofSite site, CancellationToken cancellationToken)
    {
        await ConcealedAsync(site, cancellationToken).ConfigureAwait(false);
        var refusal = await RefusalAsync(site, t => site.Client.Climate.StreamFieldsAsync(Request(Box) with { OnProtected = "deny" }, null, t), cancellationToken).ConfigureAwait(false);
        ProofSite.Require(refusal == "CARE_POLICY_VIOLATION", $"The box was answered {refusal ?? "with a frame"}.");
        return "the box that is shown with concealed cells is refused as a whole";
    }

    private static async Task<string> PointAsync(ProofSite site, CancellationToken cancellationToken)
    {
        var (longitude, latitude) = await ConcealedAsync(site, cancellationToken).ConfigureAwait(false);
        var request = new SubscribeXaiRequest
        {
            Variable = Variable,
            Method = "shap",
            Level = XaiLevels.Local,
            Domain = new ClimateDomain { Crs = "EPSG:4326", Point = [longitude, latitude] },
        };
        var refusal = await RefusalAsync(site, t => site.Client.Climate.StreamXaiAsync(request, null, t), cancellationToken).ConfigureAwait(false);
        ProofSite.Require(refusal == "CARE_POLICY_VIOLATION", $"The point was answered {refusal ?? "with a frame"}.");
        return "the middle of the concealed cells is refused";
    }

    private static async Task<string> WindowsAsync(ProofSite site, CancellationToken cancellationToken)
    {
        var (whole, part) = await PairAsync(site, Request(Box), Request(Shifted), cancellationToken).ConfigureAwait(false);
        var (a, b) = (Values(whole), Values(part));
        var common = b.Keys.Where(a.ContainsKey).ToList();
        ProofSite.Require(common.Count > 20, $"The two boxes have only {common.Count} points in common.");
        var differing = common.Count(p => !float.IsNaN(a[p]) && !float.IsNaN(b[p]) && a[p] != b[p]);
        ProofSite.Require(differing == 0, $"{differing} of {common.Count} points show another value in another box.");
        return $"{common.Count} points of two boxes agree";
    }

    private static async Task<string> DigestAsync(ProofSite site, CancellationToken cancellationToken)
    {
        var frame = await FrameAsync(site, Request(Box), cancellationToken).ConfigureAwait(false);
        ProofSite.Require(ClimateView.IsIntact(frame), $"The numbers have the checksum {ClimateView.MultihashOf(frame)}, the frame says {frame.Checksums?.Multihash}.");
        return frame.Checksums!.Multihash[..20] + "…, computed here";
    }

    private static async Task<string> SharedAsync(ProofSite site, CancellationToken cancellationToken)
    {
        var (one, other) = await PairAsync(
            site, Request(Box) with { Variables = [Variable, "td2m"] }, Request(Box) with { Variables = ["td2m", Variable] }, cancellationToken).ConfigureAwait(false);
        ProofSite.Require(one.Channel == other.Channel, $"They are two channels: {one.Channel} and {other.Channel}.");
        ProofSite.Require(one.Checksums?.Multihash == other.Checksums?.Multihash, "Two frames of the same time differ.");
        return one.Channel;
    }

    private static async Task<string> VerifyAsync(ProofSite site, CancellationToken cancellationToken)
    {
        var frame = await FrameAsync(site, Request(Box), cancellationToken).ConfigureAwait(false);
        var recipe = frame.Payload.To(RealtimeJsonContext.Default.ClimatePayload)!.Recipe;
        var result = await site.Client.Climate.VerifyAsync(new VerifyRequest { Recipe = recipe, Multihash = frame.Checksums!.Multihash }, cancellationToken).ConfigureAwait(false);
        ProofSite.Require(result.Matches, $"Expected {result.Expected}, computed {result.Computed}.");
        return "the same checksum";
    }

    private static SubscribeFieldsRequest Request(double[] box) => new()
    {
        Variables = [Variable],
        Domain = new ClimateDomain { Crs = "EPSG:4326", Bbox = box },
        Options = new ClimateOptions { IntervalSeconds = 2 },
    };

    // The middle of what is concealed: the cell farthest from any that is shown.
    private static async Task<(double Longitude, double Latitude)> ConcealedAsync(ProofSite site, CancellationToken cancellationToken)
    {
        var frame = await FrameAsync(site, Request(Box), cancellationToken).ConfigureAwait(false);
        var values = Values(frame);
        var (hidden, shown) = (values.Where(v => float.IsNaN(v.Value)).Select(v => v.Key).ToList(), values.Where(v => !float.IsNaN(v.Value)).Select(v => v.Key).ToList());
        if (hidden.Count == 0 || frame.Care?.Masking == "none" || shown.Count == 0)
        {
            throw new NotApplicableException("nothing is concealed from this caller in the box");
        }

        var (latitude, longitude) = hidden.MaxBy(h => shown.Min(s => Math.Pow(h.Latitude - s.Latitude, 2) + Math.Pow(h.Longitude - s.Longitude, 2)));
        return (longitude, latitude);
    }

    private static Dictionary<(double Latitude, double Longitude), float> Values(FrameEnvelope frame)
    {
        var grid = frame.Payload.To(RealtimeJsonContext.Default.ClimatePayload)!.Grid;
        if (grid is not { Latitude: { } south, Longitude: { } west, LatitudeStep: { } up, LongitudeStep: { } right })
        {
            throw new NotApplicableException("the source has no regular grid");
        }

        var values = frame.Blocks![Variable].ToFloats();
        return Enumerable.Range(0, grid.Rows * grid.Columns).ToDictionary(
            i => (Math.Round(south + (up * (i / grid.Columns)), 6), Math.Round(west + (right * (i % grid.Columns)), 6)), i => values[i]);
    }

    // Two frames of the same time; where the data clock moves on between them they are asked for once more.
    private static async Task<(FrameEnvelope One, FrameEnvelope Other)> PairAsync(
        ProofSite site, SubscribeFieldsRequest one, SubscribeFieldsRequest other, CancellationToken cancellationToken)
    {
        for (var attempt = 0; attempt < 10; attempt++)
        {
            var (a, b) = (await FrameAsync(site, one, cancellationToken).ConfigureAwait(false), await FrameAsync(site, other, cancellationToken).ConfigureAwait(false));
            if (TimeOf(a) == TimeOf(b))
            {
                return (a, b);
            }
        }

        throw new NotApplicableException("the data clock runs so fast that no two requests get the same time");
    }

    private static DateTimeOffset TimeOf(FrameEnvelope frame) => frame.Payload.To(RealtimeJsonContext.Default.ClimatePayload)!.Time;

    private static async Task<string?> RefusalAsync(
        ProofSite site, Func<CancellationToken, IAsyncEnumerable<StreamItem>> open, CancellationToken cancellationToken)
    {
        try
        {
            await FrameAsync(site, open, cancellationToken).ConfigureAwait(false);
            return null;
        }
        catch (ProtocolErrorException e)
        {
            return e.Error.Code == "CARE_POLICY_VIOLATION" ? e.Error.Code : $"{e.Error.Code} ({e.Error.Message})";
        }
    }

    private static Task<FrameEnvelope> FrameAsync(ProofSite site, SubscribeFieldsRequest request, CancellationToken cancellationToken) =>
        FrameAsync(site, t => site.Client.Climate.StreamFieldsAsync(request, null, t), cancellationToken);

    private static async Task<FrameEnvelope> FrameAsync(
        ProofSite site, Func<CancellationToken, IAsyncEnumerable<StreamItem>> open, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(FrameLimit, site.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            await foreach (var item in open(either.Token).ConfigureAwait(false))
            {
                if (item.Error is { } error)
                {
                    throw new ProtocolErrorException(error);
                }

                if (item.Frame is { } frame)
                {
                    return frame;
                }
            }
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            // Told below.
        }

        throw new DisprovedException($"No frame came within {FrameLimit.TotalSeconds:0} s.");
    }
}
