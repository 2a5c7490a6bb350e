using Bongsu.Core.Types;
using Bongsu.Core.Vectors;
using Bongsu.Stream.Events;

namespace Bongsu.Tests.Stream.Events;

public sealed class EventSlotTests
{
    private static readonly Schema s_rows = new([new Column("timestamp", ScalarType.DateTime), new Column("k", ScalarType.Long)]);

    public static TheoryData<int> Seeds() => [.. Enumerable.Range(1, 12)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Thin_ManyRowsOfAKey_TellTheSame(int seed)
    {
        var random = new Random(seed);
        TimeSpan within = TimeSpan.FromTicks(1 + random.Next(300));
        Detector detector = Detector.Create(
            seed % 2 == 0
                ? new FrequencySpec(1 + random.Next(9), within) { By = ["k"] }
                : new FlatlineSpec(1 + random.Next(9), within, ForgetsKeys: seed % 3 == 0) { By = ["k"] },
            s_rows);
        const int SlotTicks = 100;
        var whole = new EventSlot[8];
        var thinned = new EventSlot[8];
        for (int slot = 0; slot < whole.Length; slot++)
        {
            (whole[slot], thinned[slot]) = (new EventSlot(), new EventSlot());
            for (int row = random.Next(4) == 0 ? 3 : 9_000; row > 0; row--)
            {
                long ticks = (SlotTicks * slot) + random.Next(SlotTicks);
                int key = random.Next(3);
                whole[slot].Add(ticks, key, mark: 0);
                thinned[slot].Add(ticks, key, mark: 0);
                thinned[slot].Thin(detector.KeptPerEnd, detector.ThinningTicks);
            }
        }

        Assert.True(thinned.Sum(slot => slot.Count) < 8 * 5000);
        Assert.Equal(Fold(detector, whole, SlotTicks), Fold(detector, thinned, SlotTicks));
    }

    private static List<string> Fold(Detector detector, EventSlot[] slots, long slotTicks)
    {
        var watches = new KeyWatches(detector);
        var told = new List<string>();
        for (int slot = 0; slot < slots.Length; slot++)
        {
            watches.BeginStretch();
            foreach (ref readonly Event item in slots[slot].Sorted())
            {
                watches.Consume(item);
            }

            watches.AdvanceTo((slot + 1) * slotTicks);
            foreach ((int key, KeyWatch watch) in watches.Firing())
            {
                VectorBuilder[] values = [.. detector.ValueColumns.Select(column => VectorBuilder.Create(column.Type))];
                watch.Tell(values, [], slot * slotTicks, (slot + 1) * slotTicks);
                told.Add($"{slot} {key} {string.Join(' ', values.Select(value => value.Build().GetScalar(0)))}");
            }
        }

        return told;
    }
}
