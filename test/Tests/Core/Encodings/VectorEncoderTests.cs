using System.Text;
using Bongsu.Core.Encodings;
using Bongsu.Core.Kernels;
using Bongsu.Core.Types;
using Bongsu.Core.Vectors;

namespace Bongsu.Tests.Core.Encodings;

public sealed class VectorEncoderTests
{
    public static TheoryData<ScalarType> Types => [.. RandomVectors.Types];

    [Theory]
    [MemberData(nameof(Types))]
    public void Decode_OfEncoded_IsTheSame(ScalarType type)
    {
        for (int seed = 0; seed < 120; seed++)
        {
            var random = new Random(seed);
            int rowCount = random.Next(6) switch { 0 => 0, 1 => 1, 2 => 2, 3 => random.Next(20), 4 => 1024, _ => random.Next(5000) };
            Vector vector = RandomVectors.Next(random, type, rowCount);
            foreach (EncodingEffort effort in Enum.GetValues<EncodingEffort>())
            {
                RandomVectors.AssertEqual(vector, RoundTrip(vector, effort, out _));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void Decode_OfDamagedBytes_ComplainsOrGivesSomething(ScalarType type)
    {
        for (int seed = 0; seed < 60; seed++)
        {
            var random = new Random(seed);
            Vector vector = RandomVectors.Next(random, type, random.Next(1, 300));
            var writer = new ByteWriter();
            VectorEncoder.Encode(vector, EncodingEffort.Part, writer);
            for (int round = 0; round < 40; round++)
            {
                byte[] bytes = writer.Written.ToArray();
                for (int flips = random.Next(1, 4); flips > 0; flips--)
                {
                    bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
                }

                int length = random.Next(3) == 0 ? random.Next(bytes.Length + 1) : bytes.Length;
                DecodeOrComplain(bytes.AsSpan(0, length), type, vector.Length);
            }
        }
    }

    [Fact]
    public void Decode_OfNoise_ComplainsOrGivesSomething()
    {
        var random = new Random(7);
        for (int round = 0; round < 20_000; round++)
        {
            byte[] bytes = new byte[random.Next(60)];
            random.NextBytes(bytes);
            if (bytes.Length > 1)
            {
                bytes[0] = (byte)random.Next(21);
                bytes[1] = (byte)random.Next(2);
            }

            DecodeOrComplain(bytes, RandomVectors.Types[random.Next(RandomVectors.Types.Length)], random.Next(1, 2000));
        }
    }

    [Fact]
    public void Encode_MegabyteStrings_ComeBack()
    {
        string large = string.Concat(Enumerable.Range(0, 100_000).Select(number => $"결제 {number} "));
        Assert.True(Encoding.UTF8.GetByteCount(large) > 1 << 20);
        StringVector vector = StringVector.Of(large, "", large + "x", "short");
        RandomVectors.AssertEqual(vector, RoundTrip(vector, EncodingEffort.Part, out _));
    }

    [Theory]
    [InlineData(BlockEncoding.Delta, 2)]
    [InlineData(BlockEncoding.IntegerDictionary, 1)]
    public void Encode_Integers_TakesTheSmallest(BlockEncoding expected, int style)
    {
        var builder = new FixedVectorBuilder<long>(ScalarType.Long);
        var random = new Random(1);
        for (int row = 0; row < 60_000; row++)
        {
            builder.Append(style == 1 ? 100L * random.Next(2, 5) * (random.Next(2) + 1000) : 1_700_000_000_000L + (row * 10_000L));
        }

        RoundTrip(builder.Build(), EncodingEffort.Part, out BlockEncoding encoding);
        Assert.Equal(expected, encoding);
    }

    [Theory]
    [InlineData(ScalarType.Long)]
    [InlineData(ScalarType.Int)]
    [InlineData(ScalarType.Real)]
    public void Encode_SkewedNumbers_SplitsThem(ScalarType type)
    {
        var random = new Random(4);
        long[] numbers = new long[20_000];
        for (int row = 0; row < numbers.Length; row++)
        {
            double unit = random.NextDouble();
            numbers[row] = (long)(1800 * (0.3 + unit) / Math.Sqrt(1 - unit + 0.0004)) * (row % 100 == 7 ? 800 : 1);
        }

        Vector vector = type switch
        {
            ScalarType.Int => new FixedVector<int>(type, Array.ConvertAll(numbers, number => (int)number), numbers.Length),
            ScalarType.Real => new FixedVector<double>(type, Array.ConvertAll(numbers, number => number / 100.0), numbers.Length),
            _ => new FixedVector<long>(type, numbers, numbers.Length),
        };
        var writer = new ByteWriter();
        BlockEncoding encoding = VectorEncoder.Encode(vector, EncodingEffort.Part, writer);
        Assert.Equal(type == ScalarType.Real ? BlockEncoding.RealScaled : BlockEncoding.SplitIntegers, encoding);
        Assert.InRange(writer.Length, numbers.Length, (int)(numbers.Length * 1.75));
        RandomVectors.AssertEqual(vector, VectorDecoder.Decode(writer.Written, type, vector.Length));
        for (int round = 0; round < 2000; round++)
        {
            byte[] bytes = writer.Written.ToArray();
            bytes[random.Next(random.Next(2) == 0 ? 40 : bytes.Length)] = (byte)random.Next(256);
            DecodeOrComplain(bytes.AsSpan(0, random.Next(3) == 0 ? random.Next(bytes.Length + 1) : bytes.Length), type, vector.Length);
        }
    }

    [Fact]
    public void Encode_WholeMillisecondTimes_TakeFewBytes()
    {
        var builder = new FixedVectorBuilder<long>(ScalarType.DateTime);
        var random = new Random(1);
        long ticks = 638_000_000_000_000_000L;
        for (int row = 0; row < 65_536; row++)
        {
            builder.Append(ticks += random.Next(200) * 10_000L);
        }

        var writer = new ByteWriter();
        VectorEncoder.Encode(builder.Build(), EncodingEffort.Part, writer);
        Assert.InRange(writer.Length, 1, 66_000);
    }

    [Fact]
    public void Encode_HexIdentifiers_TakeHalf()
    {
        var builder = new StringVectorBuilder();
        var random = new Random(1);
        for (int row = 0; row < 1000; row++)
        {
            builder.Append(row % 10 == 0 ? "" : $"{random.NextInt64():x16}{random.NextInt64():x16}");
        }

        Vector vector = builder.Build();
        RandomVectors.AssertEqual(vector, RoundTrip(vector, EncodingEffort.Part, out BlockEncoding encoding));
        Assert.Equal(BlockEncoding.Hex, encoding);
    }

    [Theory]
    [InlineData("10.0.0.7", true)]
    [InlineData("255.255.255.255", true)]
    [InlineData("0.0.0.0", true)]
    [InlineData("1.2.3.04", false)]
    [InlineData("1.2.3.256", false)]
    [InlineData("1.2.3", false)]
    [InlineData("1.2.3.4.", false)]
    [InlineData("1..2.3", false)]
    [InlineData(" 1.2.3.4", false)]
    [InlineData("1.2.3.4:80", false)]
    public void Encode_Addresses_OnlyCanonicalOnesAreBinary(string last, bool isBinary)
    {
        var builder = new StringVectorBuilder();
        for (int row = 0; row < 300; row++)
        {
            builder.Append(row % 7 == 0 ? "" : $"{row % 256}.{row * 7 % 256}.{row * 31 % 256}.9");
        }

        builder.Append(last);
        Vector vector = builder.Build();
        RandomVectors.AssertEqual(vector, RoundTrip(vector, EncodingEffort.Part, out BlockEncoding encoding));
        Assert.Equal(isBinary ? BlockEncoding.Ipv4 : BlockEncoding.Text, encoding);
    }

    [Theory]
    [InlineData("10.0.0.7", BlockEncoding.Ip)]
    [InlineData("::", BlockEncoding.Ip)]
    [InlineData("2001:db8::7", BlockEncoding.Ip)]
    [InlineData("2001:db8:0::7", BlockEncoding.Text)]
    [InlineData("::ffff:10.0.0.7", BlockEncoding.Text)]
    [InlineData("unknown", BlockEncoding.Text)]
    public void Encode_AddressesOfBothVersions_OnlyCanonicalOnesAreBinary(string last, BlockEncoding expected)
    {
        foreach (int first in (int[])[0, 1])
        {
            var builder = new StringVectorBuilder();
            for (int row = first; row < 300; row++)
            {
                builder.Append(row % 7 == 3 ? ""
                    : row % 2 == 0 ? $"{row % 256}.{row * 7 % 256}.{row * 31 % 256}.9"
                    : $"2001:db8::{row:x}:{row * 31:x}");
            }

            builder.Append(last);
            Vector vector = builder.Build();
            RandomVectors.AssertEqual(vector, RoundTrip(vector, EncodingEffort.Part, out BlockEncoding encoding));
            Assert.Equal(expected, encoding);
        }
    }

    [Fact]
    public void BlockEncoding_Numbers_AreFrozen()
    {
        string[] names =
        [
            "AllNull", "Constant", "FrameOfReference", "Delta", "DeltaOfDelta", "IntegerDictionary", "Bits", "RealRaw", "RealScaled",
            "RealXor", "Wide", "Text", "Dictionary", "Hex", "Uuid", "Ipv4", "SharedDictionary", "Reference", "Template",
            "CompressedIntegers", "SplitIntegers", "ShapedText", "Ip",
        ];
        Assert.Equal(names, Enum.GetValues<BlockEncoding>().Order().Select(value => value.ToString()));
        Assert.Equal(names.Length - 1, (int)Enum.GetValues<BlockEncoding>().Max());
    }

    private static Vector RoundTrip(Vector vector, EncodingEffort effort, out BlockEncoding encoding)
    {
        var writer = new ByteWriter();
        encoding = VectorEncoder.Encode(vector, effort, writer);
        return VectorDecoder.Decode(writer.Written, vector.Type, vector.Length);
    }

    [Fact]
    public void TrySelect_AnyBlock_SelectsWhatTheValuesSay()
    {
        int selected = 0;
        for (int seed = 0; seed < 300; seed++)
        {
            var random = new Random(seed);
            ScalarType type = seed % 2 == 0 ? ScalarType.String : ScalarType.Long;
            int domain = random.Next(1, 20);
            int rowCount = random.Next(1, 5000);
            VectorBuilder builder = VectorBuilder.Create(type);
            for (int row = 0; row < rowCount; row++)
            {
                // In runs too, so that groups have bases and widths of their own.
                long value = (row / 1500 % 2 == 0 ? random.Next(domain) : domain / 2) * 1_000_003L % 7919;
                builder.AppendScalar(type == ScalarType.Long ? Scalar.Of(value * value * value) : Scalar.Of($"value {value}"));
            }

            Vector vector = builder.Build();
            bool[] Keeps(Vector values) => [.. Enumerable.Range(0, values.Length).Select(row => Keep(values, row))];
            bool Keep(Vector values, int row) => values.GetScalar(row).Value!.ToString()!.Sum(letter => letter) % 4 == seed % 4;
            var writer = new ByteWriter();
            VectorEncoder.Encode(vector, EncodingEffort.Part, writer);
            Bitmap selection = Bitmap.AllSet(rowCount);
            selection[random.Next(rowCount)] = false;
            var expected = new Bitmap(rowCount, selection.Words.ToArray());
            if (VectorDecoder.TrySelect(writer.Written, type, Keeps, selection))
            {
                selected++;
                for (int row = 0; row < rowCount; row++)
                {
                    expected[row] &= Keep(vector, row);
                }
            }

            Assert.Equal(expected.Words.ToArray(), selection.Words.ToArray());
        }

        Assert.True(selected > 50 || !PackedCodeFilter.IsSupported, $"{selected}");
    }

    private static void DecodeOrComplain(ReadOnlySpan<byte> bytes, ScalarType type, int rowCount)
    {
        try
        {
            _ = bytes.Length < 2 || VectorDecoder.TrySelect(bytes, type, values => new bool[values.Length], new Bitmap(rowCount));
            Assert.Equal(rowCount, VectorDecoder.Decode(bytes, type, rowCount).Length);
        }
        catch (CorruptDataException)
        {
            // What damaged bytes are for.
        }
    }
}
