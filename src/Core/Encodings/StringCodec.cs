using Bongsu.Core.Vectors;

namespace Bongsu.Core.Encodings;

/// <summary>Blocks of strings that are not all empty.</summary>
internal static class StringCodec
{
    // A dictionary must save at least three of four strings, and is probed on the first rows before all are hashed.
    private const int MinRowsPerEntry = 4;
    private const int ProbeRows = 2048;

    /// <summary>Encodes the rows of a vector; returns the encoding chosen, having written its payload.</summary>
    /// <param name="vector">The strings.</param>
    /// <param name="effort">In the log only dictionaries that are there already are used.</param>
    /// <param name="writer">Takes the payload.</param>
    /// <param name="presence">Set where empty strings were left out: 1 = not empty.</param>
    public static BlockEncoding Encode(StringVector vector, EncodingEffort effort, ByteWriter writer, out Bitmap? presence)
    {
        presence = null;
        if (IsConstant(vector))
        {
            ReadOnlySpan<byte> value = vector[0];
            writer.WriteVarint((ulong)value.Length);
            CompressedBytes.Write(value, CompressedBytes.FastLevel, writer);
            return BlockEncoding.Constant;
        }

        if (TryEncodeDictionary(vector, effort, writer))
        {
            return BlockEncoding.Dictionary;
        }

        if (IdentifierCodec.TryEncode(vector, writer, out BlockEncoding encoding, out presence))
        {
            return encoding;
        }

        Utf8Values values = Plain(vector);
        if (effort != EncodingEffort.Log && ShapedTextCodec.TryEncode(values, effort, writer))
        {
            return BlockEncoding.ShapedText;
        }

        TextCodec.Encode(values, effort, writer);
        return BlockEncoding.Text;
    }

    public static StringVector Decode(BlockEncoding encoding, ref ByteReader reader, int count, BlockArrays? arrays = null)
    {
        switch (encoding)
        {
            case BlockEncoding.Constant:
                byte[] value = CompressedBytes.Read(ref reader, reader.ReadCount(int.MaxValue / 2));
                return StringVector.Constant(value, count);
            case BlockEncoding.Dictionary:
                Utf8Values entries = DecodeEntries(ref reader, count);
                int[] codes = BlockArrays.Rent<int>(arrays, count);
                CodeCodec.Decode(ref reader, codes.AsSpan(0, count), entries.Count);
                return new StringVector(entries, codes, count) { HasDistinctEntries = true };
            case BlockEncoding.Hex or BlockEncoding.Uuid or BlockEncoding.Ipv4 or BlockEncoding.Ip:
                return new StringVector(IdentifierCodec.Decode(encoding, ref reader, count));
            case BlockEncoding.ShapedText:
                return new StringVector(ShapedTextCodec.Decode(ref reader, count));
            case BlockEncoding.Text:
                return new StringVector(TextCodec.Decode(ref reader, count));
            default:
                throw new CorruptDataException($"encoding {encoding} for string");
        }
    }

    /// <summary>The entries of a <see cref="BlockEncoding.Dictionary"/> payload.</summary>
    public static Utf8Values DecodeEntries(ref ByteReader reader, int count) =>
        TextCodec.Decode(ref reader, reader.ReadCount(count));

    /// <summary>Some rows of a <see cref="BlockEncoding.Dictionary"/> payload; null where all would have to be
    /// decoded.</summary>
    public static StringVector? TryPick(ref ByteReader reader, int count, ReadOnlySpan<int> rows)
    {
        Utf8Values entries = DecodeEntries(ref reader, count);
        return CodeCodec.TryPick(ref reader, count, entries.Count, rows) is { } codes
            ? new StringVector(entries, codes, rows.Length) { HasDistinctEntries = true }
            : null;
    }

    private static bool IsConstant(StringVector vector)
    {
        if (vector.IsConstant)
        {
            return true;
        }

        ReadOnlySpan<int> codes = vector.Codes;
        if (!codes.IsEmpty && codes.IndexOfAnyExcept(codes[0]) < 0)
        {
            return true;
        }

        ReadOnlySpan<byte> first = vector[0];
        for (int row = 1; row < vector.Length; row++)
        {
            if (!vector[row].SequenceEqual(first))
            {
                return false;
            }
        }

        return true;
    }

    private static bool TryEncodeDictionary(StringVector vector, EncodingEffort effort, ByteWriter writer)
    {
        if (effort == EncodingEffort.Log && !vector.IsDictionary)
        {
            return false;
        }

        long[] codes = SharedArrays.Rent<long>(vector.Length);
        try
        {
            Utf8Values? entries = !vector.IsDictionary ? Intern(vector, codes)
                : vector.HasDistinctEntries ? Renumber(vector, codes)
                : Recode(vector, codes);
            if (entries is null)
            {
                return false;
            }

            writer.WriteVarint((ulong)entries.Count);
            TextCodec.Encode(entries, effort, writer);
            CodeCodec.Encode(codes.AsSpan(0, vector.Length), effort, writer);
            return true;
        }
        finally
        {
            SharedArrays.Return(codes);
        }
    }

    // Null where there are too many.
    private static Utf8Values? Intern(StringVector vector, Span<long> codes)
    {
        var interner = new Utf8Interner();
        for (int row = 0; row < vector.Length; row++)
        {
            codes[row] = interner.Intern(vector[row]);
            if (row == ProbeRows && interner.Count > ProbeRows / 2)
            {
                return null;
            }
        }

        return interner.Count <= vector.Length / MinRowsPerEntry ? interner.Build() : null;
    }

    // Only used entries, each once.
    private static Utf8Values? Recode(StringVector vector, Span<long> codes)
    {
        var interner = new Utf8Interner();
        int[] map = NewMap(vector.Values.Count);
        ReadOnlySpan<int> oldCodes = vector.Codes;
        for (int row = 0; row < oldCodes.Length; row++)
        {
            ref int code = ref map[oldCodes[row]];
            if (code < 0)
            {
                code = interner.Intern(vector.Values[oldCodes[row]]);
            }

            codes[row] = code;
        }

        SharedArrays.Return(map);
        return IsFew(interner.Count, vector.Length) ? interner.Build() : null;
    }

    // As above, of entries that need not be compared.
    private static Utf8Values? Renumber(StringVector vector, Span<long> codes)
    {
        int[] map = NewMap(vector.Values.Count);
        int[] used = SharedArrays.Rent<int>(Math.Max(1, vector.Values.Count));
        int count = 0;
        ReadOnlySpan<int> oldCodes = vector.Codes;
        for (int row = 0; row < oldCodes.Length; row++)
        {
            ref int code = ref map[oldCodes[row]];
            if (code < 0)
            {
                code = count;
                used[count++] = oldCodes[row];
            }

            codes[row] = code;
        }

        Utf8Values? entries = IsFew(count, vector.Length) ? vector.Values.Gather(used.AsSpan(0, count)) : null;
        SharedArrays.Return(map);
        SharedArrays.Return(used);
        return entries;
    }

    private static bool IsFew(int entryCount, int rowCount) => entryCount <= Math.Max(1, rowCount / 2);

    private static int[] NewMap(int count)
    {
        int[] map = SharedArrays.Rent<int>(Math.Max(1, count));
        map.AsSpan(0, count).Fill(-1);
        return map;
    }

    private static Utf8Values Plain(StringVector vector)
    {
        if (!vector.IsDictionary)
        {
            return vector.Values;
        }

        return vector.Values.Gather(vector.Codes);
    }
}
