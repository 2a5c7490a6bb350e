using System.Text;
using Bongsu.Core.Text;
using Bongsu.Core.Types;
using Bongsu.Core.Vectors;
using Bongsu.Query.Operators.Grouping;

namespace Bongsu.Tests.Query.Operators.Grouping;

public sealed class GroupTableTests
{
    private static readonly ScalarType[] s_types =
    [
        ScalarType.Bool, ScalarType.Int, ScalarType.Long, ScalarType.Real, ScalarType.Decimal, ScalarType.String,
        ScalarType.DateTime, ScalarType.TimeSpan, ScalarType.Guid, ScalarType.Dynamic,
    ];

    public static TheoryData<int> Seeds() => new(Enumerable.Range(1, 12));

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Assign_ManyBatches_EqualsDictionaryOfText(int seed)
    {
        var random = new Random(seed);
        ScalarType[] types = Enumerable.Range(0, random.Next(1, 5)).Select(_ => s_types[random.Next(s_types.Length)]).ToArray();
        int domain = seed % 3 == 0 ? 3000 : 12;
        var table = new GroupTable(types);
        var other = new GroupTable(types);
        var expected = new Dictionary<string, int>();
        var otherExpected = new Dictionary<string, int>();
        for (int batch = 0; batch < 12; batch++)
        {
            bool isFirst = batch < 8;
            Check(isFirst ? table : other, isFirst ? expected : otherExpected, RandomKeys(types, random, domain), random.Next(200));
        }

        // The merge finds the common groups and appends the rest.
        int[] merged = table.Merge(other);
        foreach ((string key, int group) in otherExpected)
        {
            if (expected.TryGetValue(key, out int known))
            {
                Assert.Equal(known, merged[group]);
            }
        }

        string[] all = Lines(table);
        Assert.Equal(expected.Keys.Union(otherExpected.Keys).Order(StringComparer.Ordinal), all.Order(StringComparer.Ordinal));
        Assert.Equal(table.GroupCount, all.Length);
        Assert.Equal(all, Lines(RoundTrip(table, types)));
        Assert.True(table.SizeBytes > 0);
    }

    [Fact]
    public void Find_OfUnknownKeys_GivesMinusOne()
    {
        var table = new GroupTable([ScalarType.String, ScalarType.Long]);
        int[] groups = new int[2];
        table.Assign([StringVector.Of("a", "b"), Longs(1, 2)], groups);
        int[] found = new int[5];
        table.Find([StringVector.Of("b", "a", "c", "a", "b"), Longs(2, 2, 1, 1, 900)], found);
        Assert.Equal([1, -1, -1, 0, -1], found);
    }

    [Fact]
    public void Assign_OfNegativeZeroAndNaN_TakesThemAsOneValueEach()
    {
        var table = new GroupTable([ScalarType.Real]);
        int[] groups = new int[4];
        table.Assign([new FixedVector<double>(ScalarType.Real, [0.0, -0.0, double.NaN, -double.NaN], 4)], groups);
        Assert.Equal([0, 0, 1, 1], groups);
    }

    private static void Check(GroupTable table, Dictionary<string, int> expected, Func<int, Vector[]> makeKeys, int rowCount)
    {
        Vector[] keys = makeKeys(rowCount);
        int[] groups = new int[rowCount];
        bool isOneGroup = table.Assign(keys, groups);
        for (int row = 0; row < rowCount; row++)
        {
            string text = Line(keys, row);
            if (!expected.TryGetValue(text, out int group))
            {
                group = expected.Count;
                expected.Add(text, group);
            }

            Assert.Equal(group, groups[isOneGroup ? 0 : row]);
        }

        int[] found = new int[rowCount];
        table.Find(keys, found);
        Assert.Equal(Enumerable.Range(0, rowCount).Select(row => expected[Line(keys, row)]), found);
    }

    private static Func<int, Vector[]> RandomKeys(ScalarType[] types, Random random, int domain) => rowCount => types.Select(type =>
    {
        int form = random.Next(4);
        if (form == 0)
        {
            return Vector.Constant(RandomScalar(type, random, domain), rowCount);
        }

        VectorBuilder builder = VectorBuilder.Create(type);
        for (int row = 0; row < rowCount; row++)
        {
            builder.AppendScalar(random.Next(9) == 0 ? Scalar.Null(type) : RandomScalar(type, random, domain));
        }

        Vector vector = builder.Build();
        if (form == 1 && vector is StringVector text && rowCount > 0)
        {
            int[] codes = Enumerable.Range(0, rowCount).Select(_ => random.Next(rowCount)).ToArray();
            return new StringVector(text.Values, codes, rowCount);
        }

        return vector;
    }).ToArray();

    private static Scalar RandomScalar(ScalarType type, Random random, int domain)
    {
        int value = random.Next(domain);
        return type switch
        {
            ScalarType.Bool => Scalar.Of(value % 2 == 0),
            ScalarType.Int => Scalar.Of(value),
            ScalarType.Real => Scalar.Of(value % 7 == 0 ? double.NaN : value / 2.0),
            ScalarType.Decimal => Scalar.Of(value / 4m),
            ScalarType.String => Scalar.Of(value % 5 == 0 ? "" : "key-" + value),
            ScalarType.Guid => Scalar.Of(new Guid(value, 0, 0, new byte[8])),
            ScalarType.Dynamic => Scalar.OfDynamic([3, (byte)value, (byte)(value >> 8), 0, 0, 0, 0, 0, 0]),
            _ => new Scalar(type, value * 10_000_000L),
        };
    }

    private static GroupTable RoundTrip(GroupTable table, ScalarType[] types)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream, Encoding.UTF8, leaveOpen: true);
        table.Write(writer);
        writer.Flush();
        stream.Position = 0;
        var restored = new GroupTable(types);
        using var reader = new BinaryReader(stream);
        restored.Read(reader);
        return restored;
    }

    private static string[] Lines(GroupTable table)
    {
        Vector[] keys = table.Keys();
        return Enumerable.Range(0, table.GroupCount).Select(group => Line(keys, group)).ToArray();
    }

    private static string Line(Vector[] keys, int row) =>
        string.Join("|", keys.Select(key => key.IsNull(row) ? "∅" : ScalarText.Format(key.GetScalar(row))));

    private static FixedVector<long> Longs(params long[] values) => new(ScalarType.Long, values, values.Length);
}
