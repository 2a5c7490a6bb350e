using System.Numerics;
using System.Runtime.InteropServices;
using Bongsu.Core.Vectors;

namespace Bongsu.Core.Encodings;

/// <summary>Blocks of doubles; every bit pattern comes back.</summary>
/// <remarks>
/// Scaled: after Afroozeh, Kuffó and Boncz, "ALP: Adaptive lossless floating-point compression", SIGMOD 2024: a number
/// that came
/// from decimal text is an integer divided by a power of ten; the rest are exceptions. XOR: after Pelkonen et al.,
/// "Gorilla", VLDB 2015.
/// </remarks>
internal static class RealCodec
{
    private const int MaxExponent = 15;
    private const double MaxScaled = 1L << 53;
    private const int SampleSize = 64;

    // An exception costs about twelve bytes: past one in so many rows the other encodings are better.
    private const int MaxExceptionShare = 16;

    private static readonly double[] s_powers = [.. Enumerable.Range(0, MaxExponent + 1).Select(exponent => double.Parse($"1e{exponent}"))];

    public static BlockEncoding Encode(ReadOnlySpan<double> values, EncodingEffort effort, ByteWriter writer)
    {
        ReadOnlySpan<long> bits = MemoryMarshal.Cast<double, long>(values);
        if (bits.IndexOfAnyExcept(bits[0]) < 0)
        {
            writer.WriteInt64(bits[0]);
            return BlockEncoding.Constant;
        }

        int start = writer.Length;
        if (TryEncodeScaled(values, effort, writer) && writer.Length - start < values.Length * sizeof(double))
        {
            return BlockEncoding.RealScaled;
        }

        writer.Truncate(start);
        EncodeXor(bits, writer);
        if (writer.Length - start < values.Length * sizeof(double))
        {
            return BlockEncoding.RealXor;
        }

        writer.Truncate(start);
        foreach (long pattern in bits)
        {
            writer.WriteInt64(pattern);
        }

        return BlockEncoding.RealRaw;
    }

    public static void Decode(
        BlockEncoding encoding, ref ByteReader reader, Span<double> values, RowGroups? wanted = null)
    {
        switch (encoding)
        {
            case BlockEncoding.Constant:
                values.Fill(BitConverter.Int64BitsToDouble(reader.ReadInt64()));
                break;
            case BlockEncoding.RealScaled:
                DecodeScaled(ref reader, values, wanted);
                break;
            case BlockEncoding.RealXor:
                DecodeXor(ref reader, MemoryMarshal.Cast<double, long>(values));
                break;
            case BlockEncoding.RealRaw:
                for (int row = 0; row < values.Length; row++)
                {
                    values[row] = BitConverter.Int64BitsToDouble(reader.ReadInt64());
                }

                break;
            default:
                throw new CorruptDataException($"encoding {encoding} for real");
        }
    }

    private static bool TryEncodeScaled(ReadOnlySpan<double> values, EncodingEffort effort, ByteWriter writer)
    {
        int exponent = FindExponent(values);
        if (exponent < 0)
        {
            return false;
        }

        long[] scaled = SharedArrays.Rent<long>(values.Length);
        try
        {
            List<int> exceptions = [];
            long last = 0;
            for (int row = 0; row < values.Length; row++)
            {
                if (TryScale(values[row], exponent, out long integer))
                {
                    last = integer;
                }
                else
                {
                    exceptions.Add(row);
                    if (exceptions.Count * MaxExceptionShare > values.Length)
                    {
                        return false;
                    }
                }

                scaled[row] = last;
            }

            writer.WriteByte((byte)exponent);
            writer.WriteVarint((ulong)exceptions.Count);
            int previous = 0;
            foreach (int row in exceptions)
            {
                writer.WriteVarint((ulong)(row - previous));
                writer.WriteInt64(BitConverter.DoubleToInt64Bits(values[row]));
                previous = row;
            }

            int encodingPosition = writer.Length;
            writer.WriteByte(0);
            BlockEncoding encoding = IntegerCodec.Encode(scaled.AsSpan(0, values.Length), effort, writer);
            writer.PatchByte(encodingPosition, (byte)encoding);
            return true;
        }
        finally
        {
            SharedArrays.Return(scaled);
        }
    }

    // The smallest exponent that makes integers of most of a sample.
    private static int FindExponent(ReadOnlySpan<double> values)
    {
        int step = Math.Max(1, values.Length / SampleSize);
        for (int exponent = 0; exponent <= MaxExponent; exponent++)
        {
            int misses = 0;
            int samples = 0;
            for (int row = 0; row < values.Length; row += step, samples++)
            {
                misses += TryScale(values[row], exponent, out _) ? 0 : 1;
            }

            if (misses * MaxExceptionShare <= samples)
            {
                return exponent;
            }
        }

        return -1;
    }

    // An integer below 2^53 over a power of ten below 10^23 is divided with one rounding: what parsing the decimal text
    // gives.
    private static bool TryScale(double value, int exponent, out long integer)
    {
        double rounded = Math.Round(value * s_powers[exponent]);
        if (!(Math.Abs(rounded) < MaxScaled))
        {
            integer = 0;
            return false;
        }

        integer = (long)rounded;
        return BitConverter.DoubleToInt64Bits(integer / s_powers[exponent]) == BitConverter.DoubleToInt64Bits(value);
    }

    private static void DecodeScaled(ref ByteReader reader, Span<double> values, RowGroups? wanted)
    {
        int exponent = reader.ReadByte();
        if (exponent > MaxExponent)
        {
            throw new CorruptDataException($"byte {reader.Position}: exponent {exponent}, expected at most {MaxExponent}");
        }

        int exceptionCount = reader.ReadCount(values.Length);
        ByteReader exceptions = reader;
        for (int exception = 0; exception < exceptionCount; exception++)
        {
            _ = reader.ReadVarint();
            _ = reader.ReadInt64();
        }

        BlockEncoding encoding = (BlockEncoding)reader.ReadByte();
        Span<long> scaled = MemoryMarshal.Cast<double, long>(values);
        if (!IntegerCodec.TryDecode(encoding, ref reader, scaled, wanted))
        {
            throw new CorruptDataException($"encoding {encoding} for scaled reals");
        }

        for (int start = 0; start < values.Length; start += RowGroups.GroupRows)
        {
            if (wanted is null || wanted.Wants(start / RowGroups.GroupRows))
            {
                int count = Math.Min(RowGroups.GroupRows, values.Length - start);
                Divide(values.Slice(start, count), scaled.Slice(start, count), s_powers[exponent]);
            }
        }

        int position = 0;
        for (int exception = 0; exception < exceptionCount; exception++)
        {
            position += exceptions.ReadCount(values.Length - 1 - position);
            values[position] = BitConverter.Int64BitsToDouble(exceptions.ReadInt64());
        }
    }

    // Source and destination are the same memory.
    private static void Divide(Span<double> values, ReadOnlySpan<long> scaled, double power)
    {
        int row = 0;
        for (; row <= values.Length - Vector<double>.Count; row += Vector<double>.Count)
        {
            (System.Numerics.Vector.ConvertToDouble(new Vector<long>(scaled[row..])) / new Vector<double>(power)).CopyTo(values[row..]);
        }

        for (; row < values.Length; row++)
        {
            values[row] = scaled[row] / power;
        }
    }

    private static void EncodeXor(ReadOnlySpan<long> bits, ByteWriter writer)
    {
        byte[] planes = SharedArrays.Rent<byte>(bits.Length * sizeof(long));
        ulong previous = 0;
        for (int row = 0; row < bits.Length; row++)
        {
            ulong difference = (ulong)bits[row] ^ previous;
            previous = (ulong)bits[row];
            for (int plane = 0; plane < sizeof(long); plane++)
            {
                planes[(plane * bits.Length) + row] = (byte)(difference >> (8 * plane));
            }
        }

        CompressedBytes.Write(planes.AsSpan(0, bits.Length * sizeof(long)), CompressedBytes.FastLevel, writer);
        SharedArrays.Return(planes);
    }

    private static void DecodeXor(ref ByteReader reader, Span<long> bits)
    {
        byte[] planes = CompressedBytes.Read(ref reader, bits.Length * sizeof(long));
        ulong previous = 0;
        for (int row = 0; row < bits.Length; row++)
        {
            ulong difference = 0;
            for (int plane = 0; plane < sizeof(long); plane++)
            {
                difference |= (ulong)planes[(plane * bits.Length) + row] << (8 * plane);
            }

            previous ^= difference;
            bits[row] = (long)previous;
        }
    }
}
