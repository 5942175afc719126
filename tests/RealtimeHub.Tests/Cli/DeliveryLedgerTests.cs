using System.Text.Json;
using RealtimeHub.Cli.Wire;

namespace RealtimeHub.Tests.Cli;

public class DeliveryLedgerTests
{
    [Fact]
    public void Complaint_has_none_when_everything_came_or_was_announced_in_its_place()
    {
        var ledger = Of(Subscribed(10), Frame(11), Gap(12, 14), Frame(15), Frame(18), Skipped(16, 18, 2));

        Assert.Null(ledger.Complaint(18));
        Assert.Equal((3, 3L, 2L), (ledger.Received.Count, ledger.Lost, ledger.Skipped));
    }

    [Fact]
    public void Complaint_names_the_first_frame_that_is_missing() =>
        Assert.Equal("2 frame(s) neither came nor were announced, the first is 12.", Of(Subscribed(10), Frame(11), Frame(13)).Complaint(14));

    [Fact]
    public void Complaint_names_a_frame_that_comes_twice_or_late()
    {
        Assert.Equal("Frame 11 came twice.", Of(Subscribed(10), Frame(11), Frame(11)).Complaint(11));
        Assert.Equal("Frame 11 came after 12.", Of(Subscribed(10), Frame(12), Frame(11)).Complaint(12));
    }

    [Fact]
    public void Complaint_names_notices_that_do_not_fit()
    {
        Assert.Contains("does not stand in its place", Of(Subscribed(10), Frame(13), Gap(11, 12)).Complaint(13), StringComparison.Ordinal);
        Assert.Contains("Skipped says 1 of 11 to 12, but 2 did not come", Of(Subscribed(10), Skipped(11, 12, 1)).Complaint(12), StringComparison.Ordinal);
    }

    private static DeliveryLedger Of(params WirePush[] pushes) => DeliveryLedger.Of(pushes, "c", "Job");

    private static WirePush Subscribed(long sequence) => Push("Subscribed", $$"""{"channel":"c","sequence":{{sequence}}}""");

    private static WirePush Frame(long sequence) => Push("Job", $$"""{"channel":"c","sequence":{{sequence}}}""");

    private static WirePush Gap(long from, long to) => Push("Gap", $$"""{"channel":"c","from":{{from}},"to":{{to}},"count":{{to - from + 1}}}""");

    private static WirePush Skipped(long from, long to, long count) => Push("Skipped", $$"""{"channel":"c","from":{{from}},"to":{{to}},"count":{{count}}}""");

    private static WirePush Push(string target, string argument) => new(target, JsonSerializer.Deserialize<JsonElement>(argument), "", 0);
}
