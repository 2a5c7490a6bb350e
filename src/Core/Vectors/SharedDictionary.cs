using System.Runtime.InteropServices;

namespace Bongsu.Core.Vectors;

/// <summary>
/// The distinct identifiers of one column of a part, as bytes of one width; vectors of its blocks refer to them by
/// code. Immutable, any number of threads.
/// </summary>
/// <remarks>
/// Entries are distinct, and every one is used by some row of the part, so a part's distinct count is
/// <see cref="Count"/>. Two vectors with the same dictionary object can be compared and grouped by their codes; entries
/// of dictionaries of one <see cref="Form"/> and <see cref="WidthBytes"/> by their bytes. At most one entry is the empty
/// string (<see cref="EmptyCode"/>), whose bytes are zeros and mean nothing.
/// </remarks>
public sealed class SharedDictionary
{
    private readonly byte[] _bytes;
    private readonly Func<byte[], int>? _find;
    private Found? _lastFound;

    /// <summary>Takes ownership of the bytes.</summary>
    /// <param name="form">How the entries are written.</param>
    /// <param name="widthBytes">Bytes of an entry.</param>
    /// <param name="bytes">All entries, one after the other.</param>
    /// <param name="count">Number of entries.</param>
    /// <param name="emptyCode">The entry that stands for the empty string; -1 = none does.</param>
    /// <param name="find">Finds the code of an entry by its bytes, -1 where there is none; null = by looking at each.</param>
    public SharedDictionary(
        IdentifierForm form, int widthBytes, byte[] bytes, int count, int emptyCode = -1, Func<byte[], int>? find = null)
    {
        if (!IdentifierText.IsWidth(form, widthBytes) || bytes.Length < (long)widthBytes * count || emptyCode < -1 || emptyCode >= count)
        {
            throw new ArgumentException($"{count} entries of {widthBytes} bytes ({form}) in {bytes.Length}, empty {emptyCode}");
        }

        Form = form;
        WidthBytes = widthBytes;
        Count = count;
        EmptyCode = emptyCode;
        _bytes = bytes;
        _find = find;
    }

    /// <summary>How the entries are written.</summary>
    public IdentifierForm Form { get; }

    /// <summary>Bytes of an entry.</summary>
    public int WidthBytes { get; }

    /// <summary>Number of entries.</summary>
    public int Count { get; }

    /// <summary>The entry that is the empty string; -1 where none is.</summary>
    public int EmptyCode { get; }

    /// <summary>All entries, one after the other.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes.AsSpan(0, WidthBytes * Count);

    /// <summary>The bytes of an entry.</summary>
    public ReadOnlySpan<byte> this[int code] => _bytes.AsSpan(code * WidthBytes, WidthBytes);

    /// <summary>Writes an entry as text (room for <see cref="IdentifierText.MaxLength"/>); returns its bytes.</summary>
    public int Format(int code, Span<byte> text) => code == EmptyCode ? 0 : IdentifierText.Format(Form, this[code], text);

    /// <summary>Bytes of the texts of all codes.</summary>
    public long TextBytesOf(ReadOnlySpan<int> codes)
    {
        if (IdentifierText.IsOneLength(Form))
        {
            int present = codes.Length - (EmptyCode < 0 ? 0 : codes.Count(EmptyCode));
            return (long)IdentifierText.MaxLength(Form, WidthBytes) * present;
        }

        Span<byte> text = stackalloc byte[IdentifierText.MaxTextBytes];
        long textBytes = 0;
        foreach (int code in codes)
        {
            textBytes += Format(code, text);
        }

        return textBytes;
    }

    /// <summary>The code of a text; -1 where no entry is it. The last answer is kept, so that asking block after block is
    /// free.</summary>
    public int Find(ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty)
        {
            return EmptyCode;
        }

        if (_lastFound is { } last && text.SequenceEqual(last.Text))
        {
            return last.Code;
        }

        byte[] binary = new byte[WidthBytes];
        int code = !IdentifierText.TryParse(Form, text, binary) ? -1 : _find is null ? FindBinary(binary) : _find(binary);
        _lastFound = new Found(text.ToArray(), code);
        return code;
    }

    /// <summary>The text of rows given by code.</summary>
    public Utf8Values Render(ReadOnlySpan<int> codes)
    {
        int maxLength = IdentifierText.MaxLength(Form, WidthBytes);
        byte[] bytes = GC.AllocateUninitializedArray<byte>(checked(codes.Length * maxLength));
        int[] offsets = GC.AllocateUninitializedArray<int>(codes.Length + 1);
        offsets[0] = 0;
        for (int row = 0; row < codes.Length; row++)
        {
            offsets[row + 1] = offsets[row] + Format(codes[row], bytes.AsSpan(offsets[row]));
        }

        return new Utf8Values(offsets, bytes, codes.Length);
    }

    /// <summary>The code of an entry by its bytes, -1 where there is none, by looking at each.</summary>
    public int FindBinary(ReadOnlySpan<byte> binary)
    {
        ReadOnlySpan<byte> bytes = Bytes;
        if (WidthBytes == 16)
        {
            int code = MemoryMarshal.Cast<byte, UInt128>(bytes).IndexOf(MemoryMarshal.Read<UInt128>(binary));
            return code == EmptyCode && code >= 0 ? SearchFrom(code + 1, binary) : code;
        }

        return SearchFrom(0, binary);
    }

    private int SearchFrom(int first, ReadOnlySpan<byte> binary)
    {
        for (int code = first; code < Count; code++)
        {
            if (code != EmptyCode && this[code].SequenceEqual(binary))
            {
                return code;
            }
        }

        return -1;
    }

    private sealed record Found(byte[] Text, int Code);
}
