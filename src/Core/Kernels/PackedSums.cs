using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Bongsu.Core.Kernels;

/// <summary>Sums of packed values up to some of them: few rows of a sequence of differences, without the others.</summary>
/// <remarks>Values are added as they are unpacked, eight at a time, and lanes only added up where a sum is asked for.</remarks>
internal static class PackedSums
{
    private const int ValuesAtOnce = 8;

    /// <summary>Most values whose sums fit: lanes of 32 bits take 128 values of 25 bits.</summary>
    public const int MaxValues = 1024;

    // By place in its eight: the lanes up to it.
    private static readonly Vector256<uint>[] s_upTo =
        [.. Enumerable.Range(0, ValuesAtOnce).Select(place =>
            Vector256.GreaterThan(Vector256.Create(place + 1), Vector256.Create(0, 1, 2, 3, 4, 5, 6, 7)).AsUInt32())];

    /// <summary>The sum of all values up to each of some, itself included.</summary>
    /// <param name="packed">At most <see cref="MaxValues"/> packed values and <see cref="BitPacking.SlackBytes"/>
    /// more.</param>
    /// <param name="bits">1 to 64.</param>
    /// <param name="rows">Which values, ascending.</param>
    /// <param name="start">Taken from each of <paramref name="rows"/>.</param>
    /// <param name="sums">One for each of <paramref name="rows"/>, wrapping.</param>
    public static void At(ReadOnlySpan<byte> packed, int bits, ReadOnlySpan<int> rows, int start, Span<ulong> sums)
    {
        ulong total = 0;
        int next = 0;
        int done = Avx2.IsSupported && bits is >= 1 and <= BitUnpacking.MaxNarrowBits
            ? AtByVectors(packed, bits, rows, start, sums, ref total, ref next)
            : 0;
        for (; done < rows.Length; done++)
        {
            for (; next <= rows[done] - start; next++)
            {
                total = unchecked(total + BitPacking.ValueAt(packed, bits, next));
            }

            sums[done] = total;
        }
    }

    // As many as loads within the bytes allow; then the sum of what was passed, and what comes next.
    private static int AtByVectors(
        ReadOnlySpan<byte> packed, int bits, ReadOnlySpan<int> rows, int start, Span<ulong> sums, ref ulong total, ref int next)
    {
        BitUnpacking.Step<uint> step = BitUnpacking.StepOf(bits);
        Vector256<uint> mask = Vector256.Create((1U << bits) - 1);
        Vector256<uint> added = Vector256<uint>.Zero;
        int upper = 4 * bits >> 3;
        int lastChunk = (packed.Length - upper - BitUnpacking.LoadBytes) / bits;
        int chunk = 0;
        int done = 0;
        for (; done < rows.Length; done++)
        {
            int place = rows[done] - start;
            int target = place / ValuesAtOnce;
            if (target > lastChunk || packed.Length < upper + BitUnpacking.LoadBytes)
            {
                break;
            }

            for (; chunk < target; chunk++)
            {
                added += BitUnpacking.Lanes(packed[(chunk * bits)..], upper, step) & mask;
            }

            Vector256<uint> own = BitUnpacking.Lanes(packed[(target * bits)..], upper, step) & mask;
            sums[done] = Sum(added + (own & s_upTo[place % ValuesAtOnce]));
        }

        (total, next) = (Sum(added), chunk * ValuesAtOnce);
        return done;
    }

    private static ulong Sum(Vector256<uint> lanes)
    {
        (Vector256<ulong> low, Vector256<ulong> high) = Vector256.Widen(lanes);
        return Vector256.Sum(low + high);
    }
}
