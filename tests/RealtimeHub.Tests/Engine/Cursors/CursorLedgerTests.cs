using FsCheck;
using FsCheck.Fluent;
using RealtimeHub.Engine.Cursors;
using RealtimeHub.Engine.Filters;
using RealtimeHub.Protocol.Notices;

namespace RealtimeHub.Tests.Engine.Cursors;

/// <summary>Whatever happens to a cursor, every offset is delivered, in a gap, or counted as skipped, exactly once.</summary>
public class CursorLedgerTests
{
    private static readonly string[] Types = ["a.one", "a.two", "b.one", "c.one"];

    private enum Happening
    {
        Append, Read, Heartbeat, PassTime, PassADay, ChangeFilter, AddPattern, SeekBack,
    }

    [Theory]
    [InlineData(SlowConsumerPolicy.DropOldest)]
    [InlineData(SlowConsumerPolicy.DropNewest)]
    [InlineData(SlowConsumerPolicy.Sample)]
    [InlineData(SlowConsumerPolicy.Conflate)]
    [InlineData(SlowConsumerPolicy.Lossless)]
    [InlineData(SlowConsumerPolicy.Disconnect)]
    public void MoveNext_accounts_for_every_offset_exactly_once(SlowConsumerPolicy policy) =>
        Properties.Hold(Lives(), life => new Run(life, policy).Live(), times: 300);

    private static Arbitrary<Life> Lives()
    {
        var happenings = Gen.Frequency(
            (6, Of(Happening.Append, 1, 25)),
            (6, Of(Happening.Read, 1, 12)),
            (2, Of(Happening.Heartbeat, 0, 0)),
            (2, Of(Happening.PassTime, 100, 1_500)),
            (1, Of(Happening.PassADay, 0, 0)),
            (1, Of(Happening.ChangeFilter, 0, 4)),
            (1, Of(Happening.AddPattern, 0, 0)),
            (1, Of(Happening.SeekBack, 0, 30)));
        return (from kept in Gen.Choose(1, 40)
                from limit in Gen.Choose(2, 20)
                from bytes in Gen.Elements(long.MaxValue, 6_000L)
                from filter in Gen.Choose(0, 4)
                from count in Gen.Choose(1, 60)
                from moves in happenings.ArrayOf(count)
                select new Life(kept, new LagLimits(limit, bytes), filter, moves)).ToArbitrary();

        static Gen<(Happening What, int Amount)> Of(Happening what, int low, int high) => Gen.Choose(low, high).Select(n => (what, n));
    }

    private sealed record Life(int Kept, LagLimits Limits, int Filter, (Happening What, int Amount)[] Moves)
    {
        public override string ToString() => $"keeps {Kept}, {Limits}, filter {Filter}: {string.Join(", ", Moves)}";
    }

    private sealed class Run
    {
        private readonly EngineParts _parts = new();
        private readonly Ledger _ledger = new(0);
        private readonly Life _life;
        private readonly Cursor _cursor;
        private int _appended;

        public Run(Life life, SlowConsumerPolicy policy)
        {
            _life = life;
            var terms = EngineParts.Terms(policy) with { Limits = life.Limits, Filter = Filter(life.Filter) };
            _cursor = new Cursor(_parts.Channel(EngineParts.Family(life.Kept)), new RecordingReader(), terms, 0);
        }

        public void Live()
        {
            foreach (var (what, amount) in _life.Moves)
            {
                Happens(what, amount);
            }

            Read(int.MaxValue);
            Heartbeat();
            Assert.True(_cursor.IsOverLimit || _cursor.Served == _cursor.Channel.Log.Newest);
        }

        private static FrameFilter? Filter(int which) => which >= Types.Length ? null : new FrameFilter([Pattern(Types[which])], null);

        private static EventPattern Pattern(string text) => EventPattern.TryParse(text, out var pattern) ? pattern : throw new ArgumentException(text);

        private void Happens(Happening what, int amount)
        {
            switch (what)
            {
                case Happening.Append:
                    for (var i = 0; i < amount; i++)
                    {
                        _appended++;
                        _cursor.Channel.Append(TestEnvelopes.Envelope(Types[_appended * 7 % 11 % 4], key: $"{_appended % 3}"));
                    }

                    break;
                case Happening.Read:
                    Read(amount);
                    break;
                case Happening.Heartbeat:
                    Heartbeat();
                    break;
                case Happening.PassTime:
                    _parts.Clock.Advance(TimeSpan.FromMilliseconds(amount));
                    break;
                case Happening.PassADay:
                    _parts.Clock.Advance(TimeSpan.FromHours(25));
                    _cursor.Channel.Log.Trim();
                    break;
                case Happening.ChangeFilter:
                    _cursor.Filter = Filter(amount);
                    break;
                case Happening.AddPattern:
                    _cursor.Seek(new CursorSeek(null, Notice(0, isElsewhere: false)));
                    break;
                case Happening.SeekBack:
                    var served = Math.Max(0, _cursor.Served - amount);
                    _cursor.Seek(new CursorSeek(served, Notice(served, isElsewhere: true)));
                    break;
            }
        }

        private static Subscribed Notice(long served, bool isElsewhere) =>
            new() { Id = "s1", Channel = "test", Epoch = "epoch", Sequence = served, Recovered = isElsewhere };

        private void Read(int most)
        {
            for (var i = 0; i < most; i++)
            {
                var delivery = _cursor.MoveNext();
                if (delivery.Kind is DeliveryKind.None or DeliveryKind.Disconnect)
                {
                    return;
                }

                Assert.True(i < 100_000, "The cursor never comes to an end.");
                _ledger.Book(delivery);
            }
        }

        private void Heartbeat()
        {
            while (_cursor.TakeNotice() is { } notice)
            {
                _ledger.Book(notice);
            }

            _ledger.IsCompleteUpTo(_cursor.Served);
        }
    }
}
