using RealtimeHub.Engine.Presence;
using RealtimeHub.Testing;

namespace RealtimeHub.Tests.Engine.Presence;

public class PresenceTableTests
{
    private readonly ManualTimeProvider _clock = new();
    private readonly PresenceTable _table;

    public PresenceTableTests() => _table = new PresenceTable(_clock, TimeSpan.FromSeconds(15));

    [Fact]
    public void A_crowd_that_comes_at_once_is_one_change()
    {
        for (var i = 0; i < 1_000; i++)
        {
            _table.Join("team:a", $"c{i}", $"u{i % 500}", null);
        }

        Assert.True(_table.TryTakeChange(out var change));
        Assert.False(_table.TryTakeChange(out _));
        Assert.Equal((500, 500, 0), (change.Count, change.Joins.Count, change.Leaves.Count));
        Assert.All(change.Joins, p => Assert.Equal(2, p.Connections.Count));
    }

    [Fact]
    public void Who_came_and_went_before_anybody_was_told_was_never_there()
    {
        _table.Join("team:a", "c1", "u1", null);
        _table.Leave("team:a", "c1", isAbrupt: false);

        Assert.True(_table.TryTakeChange(out var change));
        Assert.Equal((0, 0, 0), (change.Count, change.Joins.Count, change.Leaves.Count));
    }

    [Fact]
    public void Nothing_is_kept_of_a_channel_that_everybody_has_left()
    {
        _table.Join("team:a", "c1", "u1", null);
        _table.TryTakeChange(out _);
        _table.Leave("team:a", "c1", isAbrupt: true);
        var during = _table.Count("team:a");
        _clock.Advance(TimeSpan.FromSeconds(15));
        _table.EndGraces();

        Assert.True(_table.TryTakeChange(out var change));
        Assert.Equal((1, 0), (during, change.Count));
        Assert.Equal(["u1"], change.Leaves);
        _table.Leave("team:a", "c1", isAbrupt: false);
        Assert.False(_table.TryTakeChange(out _));
    }

    [Fact]
    public void Who_comes_back_within_the_grace_never_left()
    {
        _table.Join("team:a", "c1", "u1", null);
        _table.TryTakeChange(out _);
        _table.Leave("team:a", "c1", isAbrupt: true);
        _clock.Advance(TimeSpan.FromSeconds(14));
        _table.Join("team:a", "c2", "u1", new Dictionary<string, string> { ["tab"] = "2" });
        _clock.Advance(TimeSpan.FromSeconds(14));
        _table.EndGraces();

        Assert.False(_table.TryTakeChange(out _));
        Assert.Equal("2", Assert.Single(Assert.Single(_table.In("team:a")).Connections).Metadata!["tab"]);
    }
}
