using RealtimeHub.Protocol.Requests;

namespace RealtimeHub.Server.Hubs.Events.SampleEvents;

/// <summary>Tells the days of a house with four cameras, as a security system would report them.</summary>
/// <remarks>Pure: the same seed and start give the same events, byte for byte. Days are those of UTC.</remarks>
internal static class SampleHousehold
{
    /// <summary>Events without end, each with the time to wait after the one before.</summary>
    public static IEnumerable<(TimeSpan Delay, PublishEvent Event)> Events(ulong seed, DateTimeOffset start)
    {
        var agenda = new SampleAgenda();
        var story = new SampleStory(new SampleRandom(seed), agenda, start);
        var now = start;
        while (true)
        {
            // What starts before the next event may have something to say before it.
            while (agenda.NextAt is not { } next || story.NextAt <= next)
            {
                story.GoOn();
            }

            var told = agenda.Take();
            yield return (told.Timestamp!.Value - now, told);
            now = told.Timestamp.Value;
        }
    }
}
