using Bongsu.Core.Types;
using Bongsu.Core.Vectors;
using Bongsu.Query.Operators.Grouping;

namespace Bongsu.Tests.Query.Operators.Grouping;

public sealed class TableArraysTests
{
    [Theory]
    [InlineData(10)]
    [InlineData(50_000)]
    public void Rent_AfterAUsedOneCameBack_GivesZeros(int length)
    {
        for (int round = 0; round < 20; round++)
        {
            long[] array = TableArrays.Rent<long>(length);
            Assert.True(array.Length >= length);
            Assert.Equal(-1, array.AsSpan().IndexOfAnyExcept(0L));
            array.AsSpan().Fill(round + 1);
            long[] grown = array;
            TableArrays.Grow(ref grown, 2 * array.Length);
            Assert.Equal(-1, grown.AsSpan(0, length).IndexOfAnyExcept(round + 1L));
            Assert.Equal(-1, grown.AsSpan(array.Length).IndexOfAnyExcept(0L));
            TableArrays.Return(ref grown);
            Assert.Empty(grown);
            TableArrays.Return(ref grown);
        }
    }

    [Fact]
    public void GroupTable_MadeAfterOthersWereReleased_NumbersItsOwnKeys()
    {
        var random = new Random(3);
        for (int round = 0; round < 40; round++)
        {
            long step = (round % 4) switch { 0 => 1, 1 => 600_000_000, 2 => random.NextInt64(1, 1 << 20), _ => -1 };
            long first = (round % 5) switch { 0 => long.MaxValue - (step * 9000), 1 => long.MinValue, _ => random.NextInt64(1 << 40) };
            var table = new GroupTable([ScalarType.Long, ScalarType.Long]);
            var expected = new Dictionary<(long, long), int>();
            for (int batch = 0; batch < 4; batch++)
            {
                long[] keys = [.. Enumerable.Range(0, 9000).Select(row => unchecked(first + (step * random.Next(batch < 2 ? 3000 : 9000))))];
                long[] others = [.. keys.Select(_ => (long)random.Next(4))];
                int[] groups = new int[keys.Length];
                table.Assign([new FixedVector<long>(ScalarType.Long, keys, 9000), new FixedVector<long>(ScalarType.Long, others, 9000)], groups);
                for (int row = 0; row < keys.Length; row++)
                {
                    expected.TryAdd((keys[row], others[row]), expected.Count);
                    Assert.Equal(expected[(keys[row], others[row])], groups[row]);
                }
            }

            Assert.Equal(expected.Count, table.GroupCount);
            table.Release();
            table.Release();
        }
    }
}
