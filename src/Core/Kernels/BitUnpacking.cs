using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Bongsu.Core.Kernels;

/// <summary>Unpacks eight values at a time: their bytes are brought into lanes, shifted and masked.</summary>
/// <remarks>
/// The vector twin of the loops in <see cref="BitPacking"/>, which take what is left over, and everything where there
/// is no AVX2. Eight values of b bits are b bytes: one shuffle and one shift for each width, whatever the group.
/// After Lemire and Boytsov, "Decoding billions of integers per second through vectorization", 2015.
/// </remarks>
internal static class BitUnpacking
{
    /// <summary>A value and the bits before it in its first byte are within a lane of 32 bits.</summary>
    public const int MaxNarrowBits = 25;

    /// <summary>Bytes of one load.</summary>
    public const int LoadBytes = 16;

    // Likewise of 64 bits.
    private const int MaxWideBits = 57;
    private const int ValuesAtOnce = 8;

    private static readonly Step<uint>[] s_narrow = [.. Enumerable.Range(0, MaxNarrowBits + 1).Select(bits => Narrow(bits))];
    private static readonly Step<ulong>[] s_wideFirst = [.. Enumerable.Range(0, MaxWideBits + 1).Select(bits => Wide(bits, 0))];
    private static readonly Step<ulong>[] s_wideSecond =
        [.. Enumerable.Range(0, MaxWideBits + 1).Select(bits => Wide(bits, 4 * bits & 7))];

    /// <summary>Unpacks as many values as whole vectors hold and loads within the bytes allow.</summary>
    /// <param name="packed">The packed values and what follows them.</param>
    /// <param name="bits">1 to 57, or anything: then nothing is done.</param>
    /// <param name="min">Added to each value (wrapping).</param>
    /// <param name="values">Filled from the beginning.</param>
    /// <returns>The number of values unpacked, a multiple of eight.</returns>
    public static int Unpack<T>(ReadOnlySpan<byte> packed, int bits, long min, Span<T> values)
        where T : unmanaged, IBinaryInteger<T>
    {
        if (!Avx2.IsSupported || bits is < 1 or > MaxWideBits)
        {
            return 0;
        }

        if (Unsafe.SizeOf<T>() == sizeof(long))
        {
            Span<long> longs = MemoryMarshal.Cast<T, long>(values);
            return bits <= MaxNarrowBits ? UnpackNarrow(packed, bits, min, longs) : UnpackWide(packed, bits, min, longs);
        }

        return Unsafe.SizeOf<T>() == sizeof(int) && bits <= MaxNarrowBits
            ? UnpackNarrow(packed, bits, (int)min, MemoryMarshal.Cast<T, int>(values))
            : 0;
    }

    /// <summary>How eight values of so many bits are brought into lanes.</summary>
    public static Step<uint> StepOf(int bits) => s_narrow[bits];

    /// <summary>Eight values in lanes, with what is above their bits.</summary>
    /// <param name="bytes">Begins with the first of them.</param>
    /// <param name="upper">The byte in which the fifth begins; <see cref="LoadBytes"/> more can be read from there.</param>
    /// <param name="step">That of their bits.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<uint> Lanes(ReadOnlySpan<byte> bytes, int upper, in Step<uint> step) =>
        Avx2.ShiftRightLogicalVariable(Avx2.Shuffle(Load(bytes, upper), step.Shuffle).AsUInt32(), step.Shift);

    private static int UnpackNarrow(ReadOnlySpan<byte> packed, int bits, int min, Span<int> values)
    {
        Step<uint> step = s_narrow[bits];
        Vector256<uint> mask = Vector256.Create((1U << bits) - 1);
        Vector256<uint> base32 = Vector256.Create((uint)min);
        int upper = 4 * bits >> 3;
        int row = 0;
        for (int position = 0; row <= values.Length - ValuesAtOnce && position + upper + LoadBytes <= packed.Length; position += bits)
        {
            Vector256<uint> lanes = Lanes(packed[position..], upper, step);
            ((lanes & mask) + base32).AsInt32().CopyTo(values[row..]);
            row += ValuesAtOnce;
        }

        return row;
    }

    private static int UnpackNarrow(ReadOnlySpan<byte> packed, int bits, long min, Span<long> values)
    {
        Step<uint> step = s_narrow[bits];
        Vector256<uint> mask = Vector256.Create((1U << bits) - 1);
        Vector256<ulong> base64 = Vector256.Create((ulong)min);
        int upper = 4 * bits >> 3;
        int row = 0;
        for (int position = 0; row <= values.Length - ValuesAtOnce && position + upper + LoadBytes <= packed.Length; position += bits)
        {
            (Vector256<ulong> low, Vector256<ulong> high) = Vector256.Widen(Lanes(packed[position..], upper, step) & mask);
            Span<long> room = values.Slice(row, ValuesAtOnce);
            (low + base64).AsInt64().CopyTo(room);
            (high + base64).AsInt64().CopyTo(room[4..]);
            row += ValuesAtOnce;
        }

        return row;
    }

    private static int UnpackWide(ReadOnlySpan<byte> packed, int bits, long min, Span<long> values)
    {
        Step<ulong> first = s_wideFirst[bits];
        Step<ulong> second = s_wideSecond[bits];
        Vector256<ulong> mask = Vector256.Create((1UL << bits) - 1);
        Vector256<ulong> base64 = Vector256.Create((ulong)min);
        int half = 4 * bits >> 3;
        int firstUpper = 2 * bits >> 3;
        int secondUpper = (6 * bits >> 3) - half;
        int row = 0;
        for (int position = 0; row <= values.Length - ValuesAtOnce && position + half + secondUpper + LoadBytes <= packed.Length; position += bits)
        {
            Span<long> room = values.Slice(row, ValuesAtOnce);
            ((Lanes(packed[position..], firstUpper, first) & mask) + base64).AsInt64().CopyTo(room);
            ((Lanes(packed[(position + half)..], secondUpper, second) & mask) + base64).AsInt64().CopyTo(room[4..]);
            row += ValuesAtOnce;
        }

        return row;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<ulong> Lanes(ReadOnlySpan<byte> bytes, int upper, in Step<ulong> step) =>
        Avx2.ShiftRightLogicalVariable(Avx2.Shuffle(Load(bytes, upper), step.Shuffle).AsUInt64(), step.Shift);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<byte> Load(ReadOnlySpan<byte> bytes, int upper) =>
        Vector256.Create(Vector128.Create(bytes), Vector128.Create(bytes[upper..]));

    // Values 0–3 from the lower sixteen bytes, 4–7 from the upper ones, which begin at the byte value 4 begins in.
    private static Step<uint> Narrow(int bits)
    {
        Span<byte> shuffle = stackalloc byte[32];
        Span<uint> shift = stackalloc uint[8];
        for (int value = 0; value < 8; value++)
        {
            int lane = value >> 2;
            int bit = (value * bits) - (8 * (lane * 4 * bits >> 3));
            shift[value] = (uint)(bit & 7);
            for (int position = 0; position < 4; position++)
            {
                shuffle[(4 * value) + position] = (byte)((bit >> 3) + position);
            }
        }

        return new Step<uint>(Vector256.Create<byte>(shuffle), Vector256.Create<uint>(shift));
    }

    // Values 0 and 1 from the lower sixteen bytes, 2 and 3 from the upper ones; the first begins at a bit.
    private static Step<ulong> Wide(int bits, int startBit)
    {
        Span<byte> shuffle = stackalloc byte[32];
        Span<ulong> shift = stackalloc ulong[4];
        for (int value = 0; value < 4; value++)
        {
            int lane = value >> 1;
            int bit = startBit + (value * bits) - (8 * (startBit + (lane * 2 * bits) >> 3));
            shift[value] = (uint)(bit & 7);
            for (int position = 0; position < 8; position++)
            {
                shuffle[(8 * value) + position] = (byte)((bit >> 3) + position);
            }
        }

        return new Step<ulong>(Vector256.Create<byte>(shuffle), Vector256.Create<ulong>(shift));
    }

    /// <summary>Where the bytes of values go, and how far they are shifted.</summary>
    public readonly record struct Step<T>(Vector256<byte> Shuffle, Vector256<T> Shift);
}
