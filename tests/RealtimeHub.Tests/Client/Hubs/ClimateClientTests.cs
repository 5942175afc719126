using RealtimeHub.Client;
using RealtimeHub.Client.Connections;
using RealtimeHub.Protocol.Channels;
using RealtimeHub.Protocol.Climate;
using RealtimeHub.Protocol.Errors;
using RealtimeHub.Protocol.Json;
using RealtimeHub.Protocol.Streams;
using RealtimeHub.Testing;
using RealtimeHub.Tests.Client.Scripted;
using RealtimeHub.Tests.Server.Hubs.Climate;

namespace RealtimeHub.Tests.Client.Hubs;

/// <summary>The climate side of the .NET client, against a real server.</summary>
public class ClimateClientTests
{
    private static readonly ClimateDomain Domain = new() { Crs = "EPSG:4326", Bbox = [-99.75, 38.5, -99.0, 39.25] };

    private readonly EventLog<StreamItem> _items = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(HubEncoding.Json)]
    [InlineData(HubEncoding.MessagePack)]
    public async Task Subscriptions_of_every_kind_hand_on_their_frames(HubEncoding encoding)
    {
        await using var server = HubServer.Start(clock: new ManualTimeProvider());
        await using var client = server.Client(encoding: encoding);

        await client.Climate.SubscribeFieldsAsync(new SubscribeFieldsRequest { Variables = ["t2m"], Domain = Domain }, HandleAsync, Cancellation);
        await client.Climate.SubscribeDriversAsync(new SubscribeDriversRequest { Drivers = ["cape"], Domain = Domain }, HandleAsync, Cancellation);
        await client.Climate.SubscribeTilesAsync(new SubscribeTilesRequest { Variable = "t2m", Tile = "6/14/24" }, HandleAsync, Cancellation);
        await client.Climate.SubscribeXaiAsync(Explain, HandleAsync, Cancellation);
        var frames = new Dictionary<string, FrameEnvelope>();
        while (frames.Count < 4)
        {
            if ((await _items.NextAsync()).Frame is { } frame)
            {
                frames[frame.Type] = frame;
            }
        }

        Assert.Equal(["climate.drivers", "climate.fields", "climate.tile", "climate.xai"], frames.Keys.Order());
        Assert.All(frames.Values, f => Assert.NotNull(f.Checksums));
        Assert.Equal(frames["climate.fields"].Digest(), frames["climate.fields"].Checksums!.Multihash);
    }

    [Fact]
    public async Task Streams_yield_the_start_and_frames_and_one_of_a_single_time_ends()
    {
        await using var server = HubServer.Start(clock: new ManualTimeProvider());
        await using var client = server.Client();
        var kinds = new List<string>();

        await foreach (var item in client.Climate.StreamXaiAsync(Explain, cancellationToken: Cancellation))
        {
            kinds.Add(item.Kind);
        }

        await foreach (var item in client.Climate.StreamFieldsAsync(new SubscribeFieldsRequest { Variables = ["t2m"], Domain = Domain }, cancellationToken: Cancellation))
        {
            kinds.Add(item.Kind);
            if (item.Frame is not null)
            {
                break;
            }
        }

        Assert.Equal(["subscribed", "frame", "end", "subscribed", "frame"], kinds);
    }

    [Fact]
    public async Task A_frame_is_verified_and_its_story_told()
    {
        await using var server = HubServer.Start(clock: new ManualTimeProvider());
        await using var client = server.Client();
        FrameEnvelope? frame = null;
        await foreach (var item in client.Climate.StreamXaiAsync(Explain, cancellationToken: Cancellation))
        {
            frame ??= item.Frame;
        }

        var recipe = frame!.Payload.To(RealtimeJsonContext.Default.XaiPayload)!.Recipe;
        var verified = await client.Climate.VerifyAsync(new VerifyRequest { Recipe = recipe, Multihash = frame.Checksums!.Multihash }, Cancellation);
        var story = await client.Climate.GetStoryNodeAsync(new StoryRequest { Domain = Domain }, Cancellation);
        var focus = await client.Climate.GetFocusModeAsync(new StoryRequest { Domain = Domain }, Cancellation);

        Assert.True(verified.Matches);
        Assert.Contains("Air temperature", story.Narrative, StringComparison.Ordinal);
        Assert.Equal(5, focus.Contexts!.Count);
    }

    [Fact]
    public async Task Refusals_are_exceptions_with_the_error()
    {
        await using var server = HubServer.Start(clock: new ManualTimeProvider());
        await using var client = server.Client();

        var subscribing = await Assert.ThrowsAsync<ProtocolErrorException>(
            () => client.Climate.SubscribeFieldsAsync(new SubscribeFieldsRequest { Variables = ["luck"], Domain = Domain }, HandleAsync, Cancellation));
        var story = await Assert.ThrowsAsync<ProtocolErrorException>(() => client.Climate.GetStoryNodeAsync(new StoryRequest(), Cancellation));
        var verify = await Assert.ThrowsAsync<ProtocolErrorException>(() => client.Climate.VerifyAsync(new VerifyRequest { Activity = "urn:kfm:activity:ws:infer:00" }, Cancellation));

        Assert.Equal(
            [ErrorCodes.InvalidRequest.Code, ErrorCodes.InvalidRequest.Code, ErrorCodes.NotFound.Code],
            new[] { subscribing, story, verify }.Select(e => e.Error.Code));
    }

    [Theory]
    [InlineData(HubEncoding.Json)]
    [InlineData(HubEncoding.MessagePack)]
    public async Task TrackTiles_shows_what_is_in_view_and_after_a_reconnect_only_what_changed(HubEncoding encoding)
    {
        await using var server = HubServer.Start(clock: new ManualTimeProvider());
        await using var client = server.Client(encoding: encoding);
        var (seen, states) = (new EventLog<string>(), new EventLog<ConnectionState>());
        client.Climate.StateChanged += (_, e) => states.Add(e.State);
        await using var viewport = client.Climate.TrackTiles(new TrackTilesRequest { Variable = "orog" }, (tile, item, _) =>
        {
            if (item.Frame is not null)
            {
                seen.Add(tile);
            }

            return ValueTask.CompletedTask;
        });

        var refused = await viewport.ShowAsync(["6/14/24", "6/15/24", "6/1/1"], Cancellation);
        Assert.Equal(["6/14/24", "6/15/24"], new[] { await seen.NextAsync(), await seen.NextAsync() }.Order());
        Assert.Equal(("6/1/1", ErrorCodes.InvalidRequest.Code), (Assert.Single(refused).Key, refused["6/1/1"].Code));
        Assert.Equal(["6/14/24", "6/15/24"], viewport.Tiles.Order());

        server.CutConnections();
        await states.NextAsync(s => s == ConnectionState.Reconnecting);
        await states.NextAsync(s => s == ConnectionState.Connected);
        var gone = viewport.Find("6/15/24")!;
        Assert.Empty(await viewport.ShowAsync(["6/14/24", "7/28/49"], Cancellation));

        // What came first after the break is what came into view: the others show the same as before.
        Assert.Equal("7/28/49", await seen.NextAsync());
        Assert.Null(await gone.Completion.WaitAsync(Limits.Wait, Cancellation));
        Assert.Equal(["6/14/24", "7/28/49"], viewport.Tiles.Order());
        var totals = viewport.Find("6/14/24")!.Coverage.Totals();
        Assert.Equal((1, 0), (totals.Received, totals.Missing));
    }

    [Fact]
    public async Task A_tile_that_was_unsubscribed_can_be_shown_again()
    {
        await using var server = HubServer.Start(clock: new ManualTimeProvider());
        await using var client = server.Client();
        await using var viewport = client.Climate.TrackTiles(new TrackTilesRequest { Variable = "orog" }, (_, item, _) => HandleAsync(item, default));
        await viewport.ShowAsync(["6/14/24"], Cancellation);
        await FrameAsync();

        await viewport.Find("6/14/24")!.DisposeAsync();
        await viewport.ShowAsync(["6/14/24"], Cancellation);

        Assert.Equal("climate.tile", (await FrameAsync()).Type);
    }

    private static SubscribeXaiRequest Explain => new()
    {
        Variable = "t2m",
        Method = "shap",
        Time = new DateTimeOffset(2005, 8, 7, 15, 0, 0, TimeSpan.Zero),
        Domain = Domain,
    };

    private async Task<FrameEnvelope> FrameAsync() => (await _items.NextAsync(i => i.Frame is not null)).Frame!;

    private ValueTask HandleAsync(StreamItem item, CancellationToken cancellationToken)
    {
        _items.Add(item);
        return ValueTask.CompletedTask;
    }
}
