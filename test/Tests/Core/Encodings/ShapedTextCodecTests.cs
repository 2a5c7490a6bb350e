using System.Text;
using Bongsu.Core.Encodings;
using Bongsu.Core.Vectors;

namespace Bongsu.Tests.Core.Encodings;

public sealed class ShapedTextCodecTests
{
    [Fact]
    public void Encode_PathsWithIds_TakesLessThanText()
    {
        Utf8Values paths = Paths(new Random(1), 20_000);
        var shaped = new ByteWriter();
        var text = new ByteWriter();
        Assert.True(ShapedTextCodec.TryEncode(paths, EncodingEffort.Part, shaped));
        TextCodec.Encode(paths, EncodingEffort.Part, text);
        Assert.InRange(shaped.Length, 1, text.Length * 2 / 3);
        AssertSame(paths, Decode(shaped.Written, paths.Count));
    }

    [Fact]
    public void Encode_HostileTexts_ComeBackOrAreLeft()
    {
        string[] parts = ["/a/", "007", "12", "123", "999999999999999999", "9999999999999999999", "1234567890123456789012", "x", "\0", "", "é", "1-", "0"];
        int encoded = 0;
        for (int seed = 0; seed < 300; seed++)
        {
            var random = new Random(seed);
            string[] forms = [.. Enumerable.Range(0, random.Next(1, 6)).Select(_ => string.Concat(Enumerable.Range(0, random.Next(6))
                .Select(_ => seed % 3 == 0 ? parts[random.Next(parts.Length)] : parts[random.Next(6)])))];
            Utf8Values values = Values(Enumerable.Range(0, random.Next(500, 3000)).Select(_ => forms[random.Next(forms.Length)] +
                (seed % 2 == 0 ? random.NextInt64(1, 1L << random.Next(1, 62)).ToString(System.Globalization.CultureInfo.InvariantCulture) : "")));
            var writer = new ByteWriter();
            if (ShapedTextCodec.TryEncode(values, EncodingEffort.Part, writer))
            {
                encoded++;
                AssertSame(values, Decode(writer.Written, values.Count));
                AssertFewRows(random, values, writer.Written);
            }
            else
            {
                Assert.Equal(0, writer.Length);
            }
        }

        Assert.InRange(encoded, 20, 300);
    }

    [Fact]
    public void Decode_OfDamagedBytes_ComplainsOrGivesSomething()
    {
        var random = new Random(5);
        var writer = new ByteWriter();
        Utf8Values paths = Paths(random, 600);
        Assert.True(ShapedTextCodec.TryEncode(paths, EncodingEffort.Part, writer));
        for (int round = 0; round < 5000; round++)
        {
            byte[] bytes = writer.Written.ToArray();
            for (int flips = random.Next(1, 4); flips > 0; flips--)
            {
                bytes[random.Next(Math.Min(bytes.Length, round % 2 == 0 ? 60 : bytes.Length))] = (byte)random.Next(256);
            }

            try
            {
                Assert.Equal(paths.Count, Decode(bytes.AsSpan(0, round % 3 == 0 ? random.Next(bytes.Length) : bytes.Length), paths.Count).Count);
            }
            catch (CorruptDataException)
            {
                // What damage should give.
            }
        }
    }

    private static Utf8Values Paths(Random random, int count) => Values(Enumerable.Range(0, count)
        .Select(_ => $"/api/v{random.Next(1, 4)}/{"orders users carts"u8.Length + random.Next(9)}/{random.Next(100_000, 1_000_000)}/status"));

    private static Utf8Values Values(IEnumerable<string> texts)
    {
        var builder = new StringVectorBuilder();
        foreach (string text in texts)
        {
            builder.Append(Encoding.UTF8.GetBytes(text));
        }

        return ((StringVector)builder.Build()).Values;
    }

    private static Utf8Values Decode(ReadOnlySpan<byte> bytes, int count)
    {
        var reader = new ByteReader(bytes);
        return ShapedTextCodec.Decode(ref reader, count).Render();
    }

    // Of rows that were not written out before.
    private static void AssertFewRows(Random random, Utf8Values expected, ReadOnlySpan<byte> bytes)
    {
        var reader = new ByteReader(bytes);
        var all = new StringVector(ShapedTextCodec.Decode(ref reader, expected.Count));
        int[] rows = [.. Enumerable.Range(0, 20).Select(_ => random.Next(expected.Count))];
        if (random.Next(2) == 0)
        {
            Array.Sort(rows);
        }

        AssertSame(expected.Gather(rows), ((StringVector)all.Gather(rows)).Values);
    }

    private static void AssertSame(Utf8Values expected, Utf8Values actual)
    {
        Assert.Equal(expected.Count, actual.Count);
        for (int row = 0; row < expected.Count; row++)
        {
            Assert.True(expected[row].SequenceEqual(actual[row]), Encoding.UTF8.GetString(expected[row]));
        }
    }
}
