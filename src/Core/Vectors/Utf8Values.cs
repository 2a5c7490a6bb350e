using System.Text.Unicode;

namespace Bongsu.Core.Vectors;

/// <summary>A list of byte strings in one buffer: value <c>i</c> is <c>bytes[offsets[i]..offsets[i + 1]]</c>.</summary>
/// <remarks>Owned by the vector that holds it; at most 2 GiB of bytes.</remarks>
public sealed class Utf8Values
{
    private readonly int[] _offsets;
    private readonly byte[] _bytes;

    /// <summary>Takes ownership of both arrays; <paramref name="offsets"/> has count + 1 ascending entries.</summary>
    public Utf8Values(int[] offsets, byte[] bytes, int count)
    {
        if (offsets.Length <= count || offsets[count] > bytes.Length)
        {
            throw new ArgumentException($"{offsets.Length} offsets for {count} values of {bytes.Length} bytes");
        }

        _offsets = offsets;
        _bytes = bytes;
        Count = count;
    }

    /// <summary>No values.</summary>
    public static Utf8Values Empty { get; } = new([0], [], 0);

    /// <summary>Number of values.</summary>
    public int Count { get; }

    /// <summary>count + 1 offsets into <see cref="Bytes"/>.</summary>
    public ReadOnlySpan<int> Offsets => _offsets.AsSpan(0, Count + 1);

    /// <summary>All values one after the other; the first begins at <c>Offsets[0]</c>.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes.AsSpan(0, _offsets[Count]);

    /// <summary>One value.</summary>
    public ReadOnlySpan<byte> this[int index] => _bytes.AsSpan(_offsets[index], _offsets[index + 1] - _offsets[index]);

    /// <summary>Whether each value is UTF-8 that is cut nowhere inside a code point.</summary>
    public bool AreWholeCodePoints()
    {
        ReadOnlySpan<byte> bytes = Bytes;
        if (!Utf8.IsValid(bytes[_offsets[0]..]))
        {
            return false;
        }

        foreach (int offset in Offsets)
        {
            if (offset < bytes.Length && (bytes[offset] & 0xC0) == 0x80)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The given values, in the given order.</summary>
    public Utf8Values Gather(ReadOnlySpan<int> indexes)
    {
        int[] offsets = GC.AllocateUninitializedArray<int>(indexes.Length + 1);
        long total = 0;
        offsets[0] = 0;
        for (int i = 0; i < indexes.Length; i++)
        {
            total += _offsets[indexes[i] + 1] - _offsets[indexes[i]];
            offsets[i + 1] = checked((int)total);
        }

        byte[] bytes = GC.AllocateUninitializedArray<byte>((int)total);
        for (int i = 0; i < indexes.Length; i++)
        {
            this[indexes[i]].CopyTo(bytes.AsSpan(offsets[i]));
        }

        return new Utf8Values(offsets, bytes, indexes.Length);
    }
}
