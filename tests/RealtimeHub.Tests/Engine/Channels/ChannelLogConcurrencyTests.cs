using RealtimeHub.Engine.Channels;

namespace RealtimeHub.Tests.Engine.Channels;

public class ChannelLogConcurrencyTests
{
    private const int Frames = 60_000;

    [Fact]
    public void TryGet_never_gives_a_wrong_frame_while_others_append_and_trim()
    {
        var log = new EngineParts().Log(maxFrames: 40);
        var raw = TestEnvelopes.RawMessage();
        var wrong = new string?[3];

        Threads.Run(
            () => wrong[0] = ReadToEnd(log),
            () => wrong[1] = ReadToEnd(log),
            () => wrong[2] = ReadToEnd(log),
            () =>
            {
                for (var i = 1; i <= Frames; i++)
                {
                    // Its size tells the frame's offset; an emptied ring is grown anew.
                    log.Append(raw with { SizeBytes = i }, null);
                    if (i % 97 == 0)
                    {
                        log.Trim(i);
                    }
                }
            });

        Assert.All(wrong, Assert.Null);
    }

    [Fact]
    public void P2_append_gives_each_of_many_threads_its_own_offset_and_stamp()
    {
        var log = new EngineParts().Log(maxFrames: 100_000);
        var appended = new List<Frame>[4];

        Threads.Run([.. Enumerable.Range(0, 4).Select(i => (Action)(() =>
            appended[i] = [.. Enumerable.Range(0, 2_000).Select(_ => log.Append())]))]);

        var all = appended.SelectMany(f => f).OrderBy(f => f.Offset).ToList();
        Assert.Equal(Enumerable.Range(1, 8_000).Select(i => (long)i), all.Select(f => f.Offset));
        Assert.Equal(all.Select(f => f.Stamp).Order(), all.Select(f => f.Stamp));
        Assert.All(appended, mine => Assert.Equal(mine.Select(f => f.Offset).Order(), mine.Select(f => f.Offset)));
    }

    // Returns what was wrong; null if nothing was.
    private static string? ReadToEnd(ChannelLog log)
    {
        var served = 0L;
        while (served < Frames)
        {
            var newest = log.Newest;
            if (newest == served)
            {
                Thread.Yield();
                continue;
            }

            var next = served + 1;
            var frame = log.TryGet(next);
            if (frame is null)
            {
                var oldest = log.OldestKept;
                if (oldest <= next)
                {
                    return $"Frame {next} was not found although {oldest} to {log.Newest} were kept.";
                }

                served = Math.Min(oldest - 1, Frames);
            }
            else if (frame.Offset != next || frame.SizeBytes != next)
            {
                return $"Asked for {next}, got {frame.Offset} with the content of {frame.SizeBytes}.";
            }
            else
            {
                served = next;
            }
        }

        return null;
    }
}
