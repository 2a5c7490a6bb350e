using System.Text;
using Bongsu.Core.Dynamic;
using Bongsu.Core.Types;
using Bongsu.Core.Vectors;

namespace Bongsu.Tests.Core.Encodings;

/// <summary>Vectors of every type and many shapes, by seed.</summary>
internal static class RandomVectors
{
    public static readonly ScalarType[] Types = Enum.GetValues<ScalarType>();

    private static readonly string[] s_texts =
    [
        "", "a", "error", "결제가 실패했습니다", "😀😀", "GET /api/users?id=1", "\0", "timeout after 30s", "ÀÉ", "4bf92f3577b34da6a3ce929d0e0e4736",
        "550e8400-e29b-41d4-a716-446655440000",
    ];

    public static Vector Next(Random random, ScalarType type, int rowCount)
    {
        int shape = random.Next(8);
        if (shape == 0)
        {
            return Vector.Constant(Value(random, type, random.Next(6)), rowCount);
        }

        if (type == ScalarType.String && shape is 1 or 2)
        {
            return Coded(random, rowCount);
        }

        VectorBuilder builder = VectorBuilder.Create(type);
        int nullShare = random.Next(4) switch { 0 => 0, 1 => 5, 2 => 95, _ => 0 };
        int style = random.Next(6);
        for (int row = 0; row < rowCount; row++)
        {
            if (random.Next(100) < nullShare)
            {
                builder.AppendNull();
            }
            else
            {
                builder.AppendScalar(Value(random, type, style, row));
            }
        }

        return builder.Build();
    }

    public static Scalar Value(Random random, ScalarType type, int style, int row = 0) => type switch
    {
        ScalarType.Bool => Scalar.Of(random.Next(2) == 0),
        ScalarType.Int => Scalar.Of((int)Integer(random, style, row)),
        ScalarType.Long => Scalar.Of(Integer(random, style, row)),
        ScalarType.DateTime => Scalar.OfDateTime((Integer(random, style, row) & long.MaxValue) % DateTime.MaxValue.Ticks),
        ScalarType.TimeSpan => Scalar.OfTimeSpan(Integer(random, style, row)),
        ScalarType.Real => Scalar.Of(Real(random, style, row)),
        ScalarType.Decimal => Scalar.Of(new decimal(random.Next(), style, style == 3 ? random.Next() : 0, random.Next(2) == 0, (byte)random.Next(29))),
        ScalarType.String => Scalar.Of(Text(random, style)),
        ScalarType.Guid => Scalar.Of(new Guid(random.Next(), (short)style, 0, 1, 2, 3, 4, 5, 6, 7, (byte)random.Next(256))),
        _ => Scalar.OfDynamic(Encoded(random, style)),
    };

    public static void AssertEqual(Vector expected, Vector actual)
    {
        Assert.Equal(expected.Type, actual.Type);
        Assert.Equal(expected.Length, actual.Length);
        for (int row = 0; row < expected.Length; row++)
        {
            Assert.Equal(expected.IsNull(row), actual.IsNull(row));
            bool isSame = (expected, actual) switch
            {
                (StringVector left, StringVector right) => left[row].SequenceEqual(right[row]),
                (DynamicVector left, DynamicVector right) => left[row].Bytes.SequenceEqual(right[row].Bytes),
                (FixedVector<double> left, FixedVector<double> right) =>
                    BitConverter.DoubleToInt64Bits(left[row]) == BitConverter.DoubleToInt64Bits(right[row]),
                (FixedVector<decimal> left, FixedVector<decimal> right) =>
                    decimal.GetBits(left[row]).SequenceEqual(decimal.GetBits(right[row])),
                _ => Equals(expected.GetScalar(row), actual.GetScalar(row)),
            };
            if (!isSame)
            {
                Assert.Fail($"row {row}: {expected.GetScalar(row)} became {actual.GetScalar(row)}");
            }
        }
    }

    private static long Integer(Random random, int style, int row) => style switch
    {
        0 => random.NextInt64(long.MinValue, long.MaxValue),
        1 => 200 + (random.Next(4) * 100),
        2 => 1_700_000_000_000L + (row * 10_000L),
        3 => 638_000_000_000_000_000L + (row * 10_000_000L) + (random.Next(1000) * 10_000L),
        4 => random.Next(3) switch { 0 => long.MinValue, 1 => long.MaxValue, _ => 0 },
        _ => random.Next(-5, 100_000),
    };

    private static double Real(Random random, int style, int row) => style switch
    {
        0 => BitConverter.Int64BitsToDouble(random.NextInt64(long.MinValue, long.MaxValue)),
        1 => random.Next(100_000) / 100.0,
        2 => random.Next(5) switch { 0 => double.NaN, 1 => -0.0, 2 => double.PositiveInfinity, 3 => double.Epsilon, _ => double.MinValue },
        3 => Math.Sin(row),
        4 => random.Next(50) == 0 ? double.NaN : random.Next(1000) / 10.0,
        _ => random.Next(),
    };

    private static string Text(Random random, int style) => style switch
    {
        0 => s_texts[random.Next(s_texts.Length)],
        1 => random.Next(10) == 0 ? "" : $"{random.NextInt64():x16}{random.NextInt64():x16}",
        2 => new Guid(random.Next(), 1, 2, [1, 2, 3, 4, 5, 6, 7, (byte)random.Next(256)]).ToString(),
        3 => $"request {random.Next()} took {random.Next(1000)} ms",
        4 => s_texts[random.Next(3)],
        _ => new string((char)('a' + random.Next(3)), random.Next(40)),
    };

    private static byte[] Encoded(Random random, int style)
    {
        var writer = new DynamicWriter();
        string json = style switch
        {
            0 => "[1,\"두\",{\"k\":null}]",
            1 => $"{{\"n\":{random.Next()}}}",
            2 => "true",
            3 => $"\"{random.Next(5)}\"",
            _ => $"{random.Next()}.5",
        };
        Assert.True(DynamicJson.TryParse(Encoding.UTF8.GetBytes(json), writer));
        return writer.Written.ToArray();
    }

    private static StringVector Coded(Random random, int rowCount)
    {
        int entryCount = random.Next(1, 40);
        var builder = new StringVectorBuilder();
        for (int entry = 0; entry < entryCount; entry++)
        {
            builder.Append(Text(random, random.Next(6)));
        }

        int[] codes = new int[rowCount];
        for (int row = 0; row < rowCount; row++)
        {
            codes[row] = random.Next(entryCount);
        }

        return new StringVector(((StringVector)builder.Build()).Values, codes, rowCount);
    }
}
