using System.Buffers.Binary;
using System.Numerics;
using Bongsu.Core.Compression;
using Bongsu.Core.Vectors;

namespace Bongsu.Core.Encodings;

/// <summary>Integers in whole bytes, compressed: for sequences that come again, which bit-packing would hide.</summary>
/// <remarks>Zigzag base, byte width (1 to 8), <see cref="CompressedBytes"/> of the low bytes of each difference from the
/// base.</remarks>
internal static class CompressedIntegers
{
    /// <summary>Fewer values are not worth a look.</summary>
    public const int MinCount = 512;

    // Long enough to see a pattern of a few thousand rows come again.
    private const int SampleCount = 8192;

    // Decoding takes several times as long as unpacking, so it has to gain a lot.
    private const int MinGain = 2;

    /// <summary>Whether a sample says that it takes less than half of the packed size.</summary>
    /// <param name="values">The values.</param>
    /// <param name="packedBytes">What they take as <see cref="PackedIntegers"/>.</param>
    public static bool Gains(ReadOnlySpan<long> values, long packedBytes)
    {
        // Mostly zeros and runs pack well already.
        if (values.Length < MinCount || packedBytes * 16 < values.Length)
        {
            return false;
        }

        ReadOnlySpan<long> sample = values[..Math.Min(SampleCount, values.Length)];
        (long min, int width) = Range(sample);
        byte[] bytes = SharedArrays.Rent<byte>((sample.Length * width) + sizeof(long));
        byte[] compressed = SharedArrays.Rent<byte>(Zstd.MaxCompressedBytes(sample.Length * width));
        Write(sample, min, width, bytes);
        long sampleBytes = Zstd.Compress(bytes.AsSpan(0, sample.Length * width), compressed, CompressedBytes.FastLevel);
        SharedArrays.Return(bytes);
        SharedArrays.Return(compressed);
        return sampleBytes * values.Length * MinGain < packedBytes * sample.Length;
    }

    public static void Encode(ReadOnlySpan<long> values, ByteWriter writer)
    {
        (long min, int width) = Range(values);
        byte[] bytes = SharedArrays.Rent<byte>((values.Length * width) + sizeof(long));
        Write(values, min, width, bytes);
        writer.WriteZigzag(min);
        writer.WriteByte((byte)width);
        CompressedBytes.Write(bytes.AsSpan(0, values.Length * width), CompressedBytes.FastLevel, writer);
        SharedArrays.Return(bytes);
    }

    public static void Decode<T>(ref ByteReader reader, Span<T> values)
        where T : unmanaged, IBinaryInteger<T>
    {
        long min = reader.ReadZigzag();
        int width = reader.ReadByte();
        if (width is < 1 or > sizeof(long))
        {
            throw new CorruptDataException($"byte {reader.Position}: integers of {width} bytes");
        }

        byte[] bytes = CompressedBytes.Read(ref reader, checked(values.Length * width));
        Span<byte> wide = stackalloc byte[sizeof(long)];
        for (int row = 0; row < values.Length; row++)
        {
            wide.Clear();
            bytes.AsSpan(row * width, width).CopyTo(wide);
            values[row] = T.CreateTruncating(unchecked(min + BinaryPrimitives.ReadInt64LittleEndian(wide)));
        }
    }

    private static (long Min, int Width) Range(ReadOnlySpan<long> values)
    {
        long min = System.Numerics.Tensors.TensorPrimitives.Min(values);
        long max = System.Numerics.Tensors.TensorPrimitives.Max(values);
        int bits = 64 - BitOperations.LeadingZeroCount((ulong)(max - min));
        return (min, Math.Max(1, (bits + 7) / 8));
    }

    private static void Write(ReadOnlySpan<long> values, long min, int width, Span<byte> bytes)
    {
        foreach (long value in values)
        {
            BinaryPrimitives.WriteInt64LittleEndian(bytes, unchecked(value - min));
            bytes = bytes[width..];
        }
    }
}
