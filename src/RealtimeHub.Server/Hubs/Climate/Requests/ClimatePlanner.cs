using Microsoft.Extensions.Options;
using RealtimeHub.Protocol.Climate;
using RealtimeHub.Protocol.Errors;
using RealtimeHub.Science.Climate;
using RealtimeHub.Server.Auth;
using RealtimeHub.Server.Hubs.Climate.Data.Clock;
using RealtimeHub.Server.Hubs.Climate.Data.Watching;
using RealtimeHub.Server.Hubs.Climate.Frames;
using RealtimeHub.Server.Policy;
using RealtimeHub.Server.Provenance;

namespace RealtimeHub.Server.Hubs.Climate.Requests;

/// <summary>Checks requests layer by layer, in the documented order, and makes plans of those that pass; the first layer that fails answers.</summary>
/// <remarks>Thread-safe. Schema, time, space, variables and model, policy, size.</remarks>
internal sealed class ClimatePlanner(
    FieldSourceDirectory sources, DataClockFactory clocks, CareDecider decider, ProvenanceStore lineage, IOptions<ClimateHubOptions> options, TimeProvider time)
{
    // Whoever sees what everybody sees shares everybody's channel, so that its content hangs on nobody's name.
    private static readonly Principal Everybody = new("everybody", null, [], [], "standard");

    private readonly ClimateHubOptions _limits = options.Value;
    private readonly TimeRules _times = new(sources, options.Value);

    /// <summary>Plans what somebody asks for; what nobody asked for, such as the tiles around a viewport, is decided on in silence.</summary>
    public ProtocolError? Plan(ClimateAsk ask, Principal principal, out ClimatePlan? plan, bool isAsked = true)
    {
        plan = null;
        if ((SchemaRules.Check(ask, _limits) ?? _times.Check(ask) ?? SpaceRules.Check(ask, _limits) ?? VariableRules.Check(ask, _limits)) is { } error)
        {
            return error;
        }

        var request = RequestOf(ask, principal);
        var decision = isAsked ? decider.Decide(request) : decider.Look(request);
        if (!decision.IsAllowed)
        {
            if (isAsked)
            {
                ask.RefusedBy = decision.DecisionId;
                lineage.RecordRefusal(request, decision);
            }

            return decision.Refusal;
        }

        var spec = SpecOf(ask, decision);
        if (SizeRules.Check(ask, spec, _limits) is { } tooLarge)
        {
            return tooLarge;
        }

        var open = request with { Principal = Everybody };
        plan = new ClimatePlan(spec, decider.DecideContent(open).ContentKey == decision.ContentKey ? open : request, IntervalOf(ask, spec));
        return null;
    }

    // Lengthened to whole steps of the clock that the frames come by.
    private TimeSpan IntervalOf(ClimateAsk ask, ClimateSpec spec)
    {
        var times = ask.Catalogue.Times;
        return ask.Time is not null ? TimeSpan.Zero
            : spec.Start is { } start ? clocks.History(times, start, spec.End!.Value, spec.WallTimePerDataHour!.Value, spec.Origin!.Value).Schedule(ask.Interval).Interval
            : clocks.Create(times).Schedule(ask.Interval).Interval;
    }

    private static CareRequest RequestOf(ClimateAsk ask, Principal principal) => new()
    {
        Principal = principal,
        Kind = ask.Care ?? ask.Kind switch
        {
            FrameKinds.Drivers => CareKind.Drivers,
            FrameKinds.Xai => CareKind.Xai,
            FrameKinds.Tile => CareKind.Tile,
            _ => CareKind.Fields,
        },
        Place = PlaceOf(ask),
        Variables = ask.Variables,
        TimeMode = ask.TimeMode switch
        {
            TimeModes.Historical => CareTimeMode.Historical,
            TimeModes.Forecast => CareTimeMode.Forecast,
            _ => CareTimeMode.Realtime,
        },
        Grid = ask.Catalogue.Grid,
        Zoom = ask.Options.Zoom,
        OnProtected = ask.OnProtected == SchemaRules.Deny ? OnProtected.Deny : OnProtected.Conceal,
        IntervalSeconds = ask.Time is null ? ask.Interval.TotalSeconds : null,
    };

    private static CarePlace PlaceOf(ClimateAsk ask)
    {
        if ((ask.Tile ?? ask.Domain?.Tile) is { } tile)
        {
            var (z, x, y) = TileComputer.Parse(tile);
            return new CarePlace.Tile(z, x, y);
        }

        return ask.Domain?.Point is [var longitude, var latitude] ? new CarePlace.Point(latitude, longitude) : new CarePlace.Box(ask.Box);
    }

    private ClimateSpec SpecOf(ClimateAsk ask, CareDecision decision)
    {
        var grid = ask.Catalogue.Grid;
        var window = ask.Kind == FrameKinds.Tile ? grid.Whole : decision.Mask!.Window;
        var options = ask.Options;
        var isExplained = ask.Kind == FrameKinds.Xai;
        var spec = new ClimateSpec
        {
            Kind = ask.Kind,
            Source = ask.Catalogue.Id,
            TimeMode = ask.TimeMode,
            Variables = ask.Variables,
            Window = PlaneCut.Snap(window, ask.IsPoint ? 1 : options.Stride ?? 1, grid.Rows, grid.Columns),
            Seed = options.Seed ?? 0,
            Member = options.Member ?? 0,
            LeadSeconds = ask.TimeMode == TimeModes.Forecast ? options.LeadSeconds ?? ClimateFeatures.StepSeconds : 0,
            Time = ask.Time,
            StormMotion = ask.Kind == FrameKinds.Drivers ? options.StormMotion : null,
            Method = isExplained ? ask.Method : null,
            Level = isExplained ? ask.Level : null,
            BackgroundRows = isExplained ? options.BackgroundRows ?? 64 : null,
            H3Resolution = isExplained ? options.H3Resolution : null,
            Frames = ask.Level == XaiLevels.Narrative ? options.Frames ?? 1 : null,
            Tile = ask.Tile,
            ContentKey = decision.ContentKey,
            MaskKey = decision.MaskKey,
        };
        return ask.TimeMode == TimeModes.Historical && ask.Time is null ? WithHistory(spec, ask) : spec;
    }

    // Requests that come within one second begin to play together, and so share a channel.
    private ClimateSpec WithHistory(ClimateSpec spec, ClimateAsk ask)
    {
        var (options, times) = (ask.Options, ask.Catalogue.Times);
        var now = time.GetUtcNow();
        var clock = clocks.Create(times);
        var start = options.Start ?? Later(times.First, clock.Now.Time - TimeSpan.FromSeconds(options.RewindSeconds!.Value));
        var pace = options.ReplaySpeed is { } speed ? TimeSpan.FromHours(1) / speed : clocks.WallTimePerDataHour;
        return spec with
        {
            Start = start,
            End = options.End ?? times.Last,
            WallTimePerDataHour = pace,
            Origin = new DateTimeOffset((now.UtcTicks + TimeSpan.TicksPerSecond - 1) / TimeSpan.TicksPerSecond * TimeSpan.TicksPerSecond, TimeSpan.Zero),
        };
    }

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;
}
