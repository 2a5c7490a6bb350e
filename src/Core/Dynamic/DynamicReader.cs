using System.Buffers.Binary;
using System.Text;

namespace Bongsu.Core.Dynamic;

/// <summary>A view of one encoded dynamic value; reads elements in place, without parsing.</summary>
/// <remarks>Layout: <see cref="DynamicKind"/>. A view lives no longer than the bytes it was lent. Empty bytes read as
/// null.</remarks>
public readonly ref struct DynamicReader
{
    private const int HeaderBytes = 5;
    private readonly ReadOnlySpan<byte> _bytes;

    /// <summary>A view of encoded bytes, which are trusted (checksummed or made here).</summary>
    public DynamicReader(ReadOnlySpan<byte> encoded)
    {
        _bytes = encoded;
    }

    /// <summary>The encoded bytes.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes;

    /// <summary>What the value is.</summary>
    public DynamicKind Kind => _bytes.IsEmpty ? DynamicKind.Null : (DynamicKind)_bytes[0];

    /// <summary>True for null.</summary>
    public bool IsNull => Kind == DynamicKind.Null;

    /// <summary>Number of elements or properties; 0 for anything else.</summary>
    public int Count =>
        Kind is DynamicKind.Array or DynamicKind.Bag ? BinaryPrimitives.ReadInt32LittleEndian(_bytes[1..]) : 0;

    /// <summary>The integer of a long, datetime or timespan.</summary>
    public long AsLong => BinaryPrimitives.ReadInt64LittleEndian(_bytes[1..]);

    /// <summary>The number of a real.</summary>
    public double AsReal => BinaryPrimitives.ReadDoubleLittleEndian(_bytes[1..]);

    /// <summary>The number of a decimal.</summary>
    public decimal AsDecimal
    {
        get
        {
            ReadOnlySpan<byte> bits = _bytes[1..];
            return new decimal(
            [
                BinaryPrimitives.ReadInt32LittleEndian(bits),
                BinaryPrimitives.ReadInt32LittleEndian(bits[4..]),
                BinaryPrimitives.ReadInt32LittleEndian(bits[8..]),
                BinaryPrimitives.ReadInt32LittleEndian(bits[12..]),
            ]);
        }
    }

    /// <summary>The identifier of a guid.</summary>
    public Guid AsGuid => new(_bytes.Slice(1, 16));

    /// <summary>The bytes of a string.</summary>
    public ReadOnlySpan<byte> Utf8 => _bytes[1..];

    /// <summary>The text of a string; for edges.</summary>
    public string AsString => Encoding.UTF8.GetString(Utf8);

    /// <summary>An element of an array, from 0.</summary>
    public DynamicReader ElementAt(int index)
    {
        int data = HeaderBytes + (4 * Count);
        int start = index == 0 ? 0 : ReadOffset(index - 1);
        return new DynamicReader(_bytes[(data + start)..(data + ReadOffset(index))]);
    }

    /// <summary>The key of a property of a bag, from 0.</summary>
    public ReadOnlySpan<byte> KeyAt(int index)
    {
        int data = HeaderBytes + (8 * Count);
        int start = index == 0 ? 0 : ReadOffset((2 * index) - 1);
        return _bytes[(data + start)..(data + ReadOffset(2 * index))];
    }

    /// <summary>The value of a property of a bag, from 0.</summary>
    public DynamicReader ValueAt(int index)
    {
        int data = HeaderBytes + (8 * Count);
        return new DynamicReader(_bytes[(data + ReadOffset(2 * index))..(data + ReadOffset((2 * index) + 1))]);
    }

    /// <summary>The value of a property by key (case-sensitive); false where this is no bag or has no such
    /// key.</summary>
    public bool TryGetProperty(ReadOnlySpan<byte> key, out DynamicReader value)
    {
        int count = Kind == DynamicKind.Bag ? Count : 0;
        for (int index = 0; index < count; index++)
        {
            if (KeyAt(index).SequenceEqual(key))
            {
                value = ValueAt(index);
                return true;
            }
        }

        value = default;
        return false;
    }

    private int ReadOffset(int index) =>
        BinaryPrimitives.ReadInt32LittleEndian(_bytes[(HeaderBytes + (4 * index))..]);
}
