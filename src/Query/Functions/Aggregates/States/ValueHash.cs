using System.Runtime.InteropServices;
using Bongsu.Core.Hashing;
using Bongsu.Core.Vectors;

namespace Bongsu.Query.Functions.Aggregates.States;

/// <summary>
/// 64-bit hashes of values that mean the same in every process, for sketches that are stored and merged.
/// </summary>
internal static class ValueHash
{
    private const ulong Seed = 0x426F6E677375;

    /// <summary>Hashes all rows; what null rows get means nothing.</summary>
    public static void Compute(Vector vector, Span<ulong> hashes)
    {
        switch (vector)
        {
            case StringVector { IsDictionary: true } text when text.Values.Count < hashes.Length:
                ulong[] entries = new ulong[text.Values.Count];
                for (int entry = 0; entry < entries.Length; entry++)
                {
                    entries[entry] = ByteHash.Compute(text.Values[entry], Seed);
                }

                for (int row = 0; row < hashes.Length; row++)
                {
                    hashes[row] = entries[text.Codes[row]];
                }

                break;
            case StringVector text:
                for (int row = 0; row < hashes.Length; row++)
                {
                    hashes[row] = ByteHash.Compute(text[row], Seed);
                }

                break;
            case DynamicVector values:
                for (int row = 0; row < hashes.Length; row++)
                {
                    hashes[row] = ByteHash.Compute(values[row].Bytes, Seed);
                }

                break;
            case FixedVector<long> longs:
                for (int row = 0; row < hashes.Length; row++)
                {
                    hashes[row] = ByteHash.Compute(longs[row], Seed);
                }

                break;
            case FixedVector<int> ints:
                for (int row = 0; row < hashes.Length; row++)
                {
                    hashes[row] = ByteHash.Compute(ints[row], Seed);
                }

                break;
            case FixedVector<double> reals:
                for (int row = 0; row < hashes.Length; row++)
                {
                    hashes[row] = ByteHash.Compute(Query.Operators.Grouping.RealBits.ToBits(reals[row]), Seed);
                }

                break;
            case FixedVector<bool> truths:
                for (int row = 0; row < hashes.Length; row++)
                {
                    hashes[row] = ByteHash.Compute(truths[row] ? 1 : 0, Seed);
                }

                break;
            case FixedVector<Guid> guids:
                for (int row = 0; row < hashes.Length; row++)
                {
                    Guid guid = guids[row];
                    hashes[row] = ByteHash.Compute(MemoryMarshal.AsBytes(new ReadOnlySpan<Guid>(in guid)), Seed);
                }

                break;
            default:
                ComputeDecimals((FixedVector<decimal>)vector, hashes);
                break;
        }
    }

    /// <summary>Hashes entries of a shared dictionary: as the text they stand for.</summary>
    public static ulong[] OfEntries(SharedDictionary dictionary, ReadOnlySpan<int> codes)
    {
        Span<byte> text = stackalloc byte[IdentifierText.MaxTextBytes];
        ulong[] hashes = new ulong[codes.Length];
        for (int index = 0; index < hashes.Length; index++)
        {
            hashes[index] = ByteHash.Compute(text[..dictionary.Format(codes[index], text)], Seed);
        }

        return hashes;
    }

    // 1.0 and 1.00 are one number with two images: dividing by one with many zeros drops the trailing zeros.
    private static void ComputeDecimals(FixedVector<decimal> decimals, Span<ulong> hashes)
    {
        Span<int> bits = stackalloc int[4];
        for (int row = 0; row < hashes.Length; row++)
        {
            decimal.GetBits(decimals[row] / 1.0000000000000000000000000000m, bits);
            hashes[row] = ByteHash.Compute(MemoryMarshal.AsBytes(bits), Seed);
        }
    }
}
