using FsCheck.Fluent;
using RealtimeHub.Server.Hubs.Climate.Data;
using RealtimeHub.Tests.Engine;

namespace RealtimeHub.Tests.Server.Hubs.Climate.Data;

public class FieldStepCacheTests
{
    [Fact]
    public void Add_forgets_what_was_unused_longest()
    {
        var cache = new FieldStepCache(64);
        for (var i = 0; i < 4; i++)
        {
            cache.Add(Key(i), new float[4]);
        }

        Assert.True(cache.TryGet(Key(0), out _));
        cache.Add(Key(4), new float[4]);

        Assert.True(cache.TryGet(Key(0), out _));
        Assert.False(cache.TryGet(Key(1), out _));
        Assert.True(cache.TryGet(Key(4), out _));
    }

    [Fact]
    public void Add_does_not_keep_what_is_larger_than_a_quarter()
    {
        var cache = new FieldStepCache(64);

        cache.Add(Key(0), new float[5]);

        Assert.False(cache.TryGet(Key(0), out _));
        Assert.Equal(0, cache.Bytes);
    }

    [Fact]
    public void Add_keeps_within_its_bytes_and_returns_what_was_added()
    {
        Properties.Hold(Gen.ArrayOf(Gen.Choose(0, 99)).ToArbitrary(), numbers =>
        {
            var cache = new FieldStepCache(256);
            foreach (var n in numbers)
            {
                cache.Add(Key(n % 20), [.. Enumerable.Repeat((float)n, n % 17)]);

                Assert.InRange(cache.Bytes, 0, 256);
                Assert.True(cache.TryGet(Key(n % 20), out var kept));
                Assert.All(kept, v => Assert.Equal(n, v));
            }
        });
    }

    private static FieldStepKey Key(int time) => new("1220", "t2m", time);
}
