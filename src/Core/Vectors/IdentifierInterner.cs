using Bongsu.Core.Hashing;

namespace Bongsu.Core.Vectors;

/// <summary>Numbers identifiers of one form and width in the order of first sight. One owner.</summary>
public sealed class IdentifierInterner
{
    private const ulong Seed = 0x5A17_3C0D_E1F2_9B84;
    private const int FirstSlots = 1024;

    private readonly byte[] _parsed;
    private byte[] _bytes;
    private int[] _slots = new int[FirstSlots];

    /// <summary>An empty one.</summary>
    public IdentifierInterner(IdentifierForm form, int widthBytes)
    {
        Form = form;
        WidthBytes = widthBytes;
        _parsed = new byte[widthBytes];
        _bytes = new byte[FirstSlots * widthBytes];
    }

    /// <summary>How the identifiers are written.</summary>
    public IdentifierForm Form { get; }

    /// <summary>Bytes of each.</summary>
    public int WidthBytes { get; }

    /// <summary>Number of distinct ones so far.</summary>
    public int Count { get; private set; }

    /// <summary>The number of the empty string; -1 where it was not met.</summary>
    public int EmptyCode { get; private set; } = -1;

    /// <summary>The number of a text; -1 where it is not of the form.</summary>
    public int Intern(ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty)
        {
            return InternEmpty();
        }

        return IdentifierText.TryParse(Form, text, _parsed) ? InternBinary(_parsed) : -1;
    }

    /// <summary>The number of the empty string.</summary>
    public int InternEmpty()
    {
        if (EmptyCode < 0)
        {
            EmptyCode = Append(default);
        }

        return EmptyCode;
    }

    /// <summary>The number of an identifier by its bytes.</summary>
    public int InternBinary(ReadOnlySpan<byte> binary)
    {
        if (Count * 2 >= _slots.Length)
        {
            Grow();
        }

        int mask = _slots.Length - 1;
        for (int slot = SlotOf(binary, mask); ; slot = (slot + 1) & mask)
        {
            int code = _slots[slot] - 1;
            if (code < 0)
            {
                _slots[slot] = Count + 1;
                return Append(binary);
            }

            if (_bytes.AsSpan(code * WidthBytes, WidthBytes).SequenceEqual(binary))
            {
                return code;
            }
        }
    }

    /// <summary>Takes the distinct ones out, by number.</summary>
    public SharedDictionary Build() => new(Form, WidthBytes, _bytes, Count, EmptyCode);

    /// <summary>Takes the distinct ones out in another order: entry i is number <c>order[i]</c>.</summary>
    public SharedDictionary Build(ReadOnlySpan<int> order)
    {
        byte[] bytes = GC.AllocateUninitializedArray<byte>(order.Length * WidthBytes);
        int emptyCode = -1;
        for (int code = 0; code < order.Length; code++)
        {
            _bytes.AsSpan(order[code] * WidthBytes, WidthBytes).CopyTo(bytes.AsSpan(code * WidthBytes));
            emptyCode = order[code] == EmptyCode ? code : emptyCode;
        }

        return new SharedDictionary(Form, WidthBytes, bytes, order.Length, emptyCode);
    }

    private static int HashOf(ReadOnlySpan<byte> binary) => (int)ByteHash.Compute(binary, Seed);

    private static int SlotOf(ReadOnlySpan<byte> binary, int mask) => HashOf(binary) & mask;

    private int Append(ReadOnlySpan<byte> binary)
    {
        if ((Count + 1) * WidthBytes > _bytes.Length)
        {
            Array.Resize(ref _bytes, checked(_bytes.Length * 2));
        }

        Span<byte> entry = _bytes.AsSpan(Count * WidthBytes, WidthBytes);
        entry.Clear();
        binary.CopyTo(entry);
        return Count++;
    }

    private void Grow()
    {
        _slots = new int[_slots.Length * 2];
        int mask = _slots.Length - 1;
        for (int code = 0; code < Count; code++)
        {
            if (code == EmptyCode)
            {
                continue;
            }

            int slot = SlotOf(_bytes.AsSpan(code * WidthBytes, WidthBytes), mask);
            while (_slots[slot] != 0)
            {
                slot = (slot + 1) & mask;
            }

            _slots[slot] = code + 1;
        }
    }
}
