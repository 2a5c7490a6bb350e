using System.Numerics;

namespace Bongsu.Query.Functions.Aggregates.States;

/// <summary>A set of 128-bit values of known size: open addressing, a byte of the hash before each full comparison. One
/// owner.</summary>
internal sealed class WideSet
{
    // Random per process, so that nobody outside can send values that all collide.
    private static readonly ulong s_seed = (ulong)Random.Shared.NextInt64() | 1;

    private byte[] _tags = [];
    private UInt128[] _values = [];

    /// <summary>A hash of a value; its bits 0 to 23 and 56 to 63 tell where the set keeps it.</summary>
    public static ulong Hash(UInt128 value)
    {
        ulong high = Math.BigMul((ulong)value ^ s_seed, (ulong)(value >> 64) ^ 0x9E3779B97F4A7C15, out ulong low);
        return high ^ low;
    }

    /// <summary>Empties the set, takes in some values, and says how many are distinct.</summary>
    public int CountDistinct(ReadOnlySpan<UInt128> values)
    {
        int places = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(16, 2 * values.Length));
        if (_tags.Length < places)
        {
            _tags = new byte[places];
            _values = GC.AllocateUninitializedArray<UInt128>(places);
        }

        Span<byte> tags = _tags.AsSpan(0, places);
        Span<UInt128> kept = _values.AsSpan(0, places);
        tags.Clear();
        int count = 0;
        foreach (UInt128 value in values)
        {
            ulong hash = Hash(value);
            byte tag = (byte)((hash >> 56) | 1); // 0 marks a free place
            int at = (int)hash & (places - 1);
            while (tags[at] != 0 && (tags[at] != tag || kept[at] != value))
            {
                at = (at + 1) & (places - 1);
            }

            count += tags[at] == 0 ? 1 : 0;
            tags[at] = tag;
            kept[at] = value;
        }

        return count;
    }
}
