using RealtimeHub.Engine.Channels;
using RealtimeHub.Engine.Cursors;
using RealtimeHub.Engine.Subscriptions;
using RealtimeHub.Protocol.Channels;
using RealtimeHub.Protocol.Errors;
using RealtimeHub.Protocol.Events;
using RealtimeHub.Protocol.Requests;

namespace RealtimeHub.Tests.Engine.Subscriptions;

public class SubscribePlannerTests
{
    private static readonly ChannelName Channel = ChannelName.Parse("events");
    private static readonly StreamPosition Somewhere = new("epoch-01", 3);

    public static TheoryData<SubscribeEventsRequest, string, string?, string?> Bad { get; } = new()
    {
        { new() { Id = "" }, "id", "0 characters", "1..100 characters" },
        { new() { Id = new string('x', 101) }, "id", "101 characters", "1..100 characters" },
        { new() { Last = -1 }, "last", "-1", "0..100000" },
        { new() { Last = 100_001 }, "last", "100001", "0..100000" },
        { new() { MaxLagFrames = 1 }, "max_lag_frames", "1", "2..10000" },
        { new() { MaxLagFrames = 10_001 }, "max_lag_frames", "10001", "2..10000" },
        { new() { MaxLagBytes = 1_023 }, "max_lag_bytes", "1023", "1024..16777216" },
        { new() { MaxLagBytes = 16_777_217 }, "max_lag_bytes", "16777217", "1024..16777216" },
        { new() { From = new("short", 3) }, "from", "short:3", "epoch 8..64 characters, sequence 0.." },
        { new() { From = new(null!, 3) }, "from", ":3", "epoch 8..64 characters, sequence 0.." },
        { new() { From = new(new string('e', 65), 3) }, "from", new string('e', 65) + ":3", "epoch 8..64 characters, sequence 0.." },
        { new() { From = Somewhere with { Offset = -1 } }, "from", "epoch-01:-1", "epoch 8..64 characters, sequence 0.." },
        { new() { Policy = "drop_all" }, "policy", "drop_all", "drop_oldest, drop_newest, compress, conflate, disconnect, coarsen, lossless" },
        { new() { Policy = "DROP_OLDEST" }, "policy", "DROP_OLDEST", "drop_oldest, drop_newest, compress, conflate, disconnect, coarsen, lossless" },
        { new() { From = Somewhere, Last = 5 }, "from", "from epoch-01:3, last 5", "one of from, last, since" },
        {
            new() { Last = 5, Since = DateTimeOffset.UnixEpoch },
            "from", "last 5, since 1970-01-01T00:00:00.000Z", "one of from, last, since"
        },
        { new() { Filter = new TagFilter { Tag = "a", Op = "like" } }, "filter.op", "like", "eq neq in nin ex nex sw ew ct gt gte lt lte" },
    };

    [Theory]
    [MemberData(nameof(Bad))]
    public void Plan_names_the_bad_member_its_value_and_its_bound(SubscribeEventsRequest request, string field, string? value, string? bound)
    {
        List<FieldError> errors = [];

        SubscribePlanner.Plan(request, Channel, errors);

        var error = Assert.Single(errors);
        Assert.Equal((field, value, bound), (error.Field, error.Value, error.Bound));
    }

    [Fact]
    public void Plan_names_every_bad_member_at_once_and_those_that_could_not_be_read()
    {
        List<FieldError> errors = [];

        SubscribePlanner.Plan(
            new SubscribeEventsRequest { BindingErrors = [new FieldError("since", "No time.")], Id = "", Last = -1, MaxLagFrames = 0, Policy = "x" },
            Channel,
            errors);

        Assert.Equal(["since", "id", "last", "max_lag_frames", "policy"], errors.Select(e => e.Field));
    }

    [Fact]
    public void Plan_defaults_to_live_under_the_channel_s_name_and_policy()
    {
        var plan = Plan(new SubscribeEventsRequest());

        Assert.Equal(new SubscribePlan { Id = "events", Channel = Channel, Limits = LagLimits.Default }, plan);
        Assert.Equal((StartPoint.Live, null, null), (plan.Start, plan.Policy, plan.Tags));
    }

    [Fact]
    public void Plan_takes_every_bound_itself()
    {
        Assert.Equal(new LagLimits(2, 1_024), Plan(new SubscribeEventsRequest { MaxLagFrames = 2, MaxLagBytes = 1_024 }).Limits);
        Assert.Equal(new LagLimits(10_000, 16 << 20), Plan(new SubscribeEventsRequest { MaxLagFrames = 10_000, MaxLagBytes = 16 << 20 }).Limits);
        Assert.Equal(0, Plan(new SubscribeEventsRequest { Last = 0 }).Start.Last);
        Assert.Equal(100_000, Plan(new SubscribeEventsRequest { Last = 100_000 }).Start.Last);
        Assert.Equal(100, Plan(new SubscribeEventsRequest { Id = new string('x', 100) }).Id.Length);
        Assert.Equal(0, Plan(new SubscribeEventsRequest { From = Somewhere with { Offset = 0 } }).Start.From?.Offset);
    }

    [Theory]
    [InlineData("drop_oldest", SlowConsumerPolicy.DropOldest)]
    [InlineData("drop_newest", SlowConsumerPolicy.DropNewest)]
    [InlineData("compress", SlowConsumerPolicy.Sample)]
    [InlineData("conflate", SlowConsumerPolicy.Conflate)]
    [InlineData("disconnect", SlowConsumerPolicy.Disconnect)]
    [InlineData("lossless", SlowConsumerPolicy.Lossless)]
    public void Plan_takes_every_policy_by_its_wire_name(string name, SlowConsumerPolicy policy)
    {
        Assert.Equal(policy, Plan(new SubscribeEventsRequest { Policy = name }).Policy);
        Assert.Equal(name, policy.ToWireName());
    }

    private static SubscribePlan Plan(SubscribeRequest request)
    {
        List<FieldError> errors = [];
        var plan = SubscribePlanner.Plan(request, Channel, errors);
        Assert.Empty(errors);
        return plan;
    }
}
