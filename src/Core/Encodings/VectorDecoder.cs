using Bongsu.Core.Templates;
using Bongsu.Core.Types;
using Bongsu.Core.Vectors;

namespace Bongsu.Core.Encodings;

/// <summary>Reads what <see cref="VectorEncoder"/> wrote. Damaged bytes give <see cref="CorruptDataException"/>, never
/// more.</summary>
public static class VectorDecoder
{
    /// <summary>Most rows of one vector; a count beyond it is damage.</summary>
    public const int MaxRows = 1 << 24;

    /// <summary>Decodes a vector that takes all of <paramref name="bytes"/>.</summary>
    /// <param name="bytes">What the encoder wrote.</param>
    /// <param name="type">The type of the values.</param>
    /// <param name="rowCount">The number of rows.</param>
    /// <param name="sibling">Gives other columns of the same rows as they were when these were encoded; may be called
    /// later, from any thread.</param>
    /// <param name="arrays">Lends the memory, but for that of dictionaries; null = new arrays.</param>
    /// <param name="wanted">The rows that are needed: where numbers allow it the others hold anything; null = all.</param>
    /// <exception cref="CorruptDataException">The bytes are damaged.</exception>
    public static Vector Decode(
        ReadOnlySpan<byte> bytes,
        ScalarType type,
        int rowCount,
        SiblingReader? sibling = null,
        BlockArrays? arrays = null,
        RowGroups? wanted = null)
    {
        var reader = new ByteReader(bytes);
        Vector vector = Decode(ref reader, type, rowCount, sibling, arrays, wanted);
        reader.ExpectEnd();
        return vector;
    }

    /// <summary>Decodes the vector a reader stands at.</summary>
    /// <exception cref="CorruptDataException">The bytes are damaged.</exception>
    public static Vector Decode(
        ref ByteReader reader,
        ScalarType type,
        int rowCount,
        SiblingReader? sibling = null,
        BlockArrays? arrays = null,
        RowGroups? wanted = null)
    {
        if ((uint)rowCount > MaxRows)
        {
            throw new CorruptDataException($"{rowCount} rows, expected at most {MaxRows}");
        }

        var encoding = (BlockEncoding)reader.ReadByte();
        if (encoding == BlockEncoding.AllNull)
        {
            return Vector.Nulls(type, rowCount);
        }

        // Where values are missing what is stored is numbered otherwise.
        Bitmap? presence = ReadPresence(ref reader, rowCount);
        wanted = presence is null ? wanted : null;
        int presentCount = presence?.CountSet() ?? rowCount;
        int storedCount = encoding == BlockEncoding.Constant ? Math.Min(1, presentCount) : presentCount;
        return type switch
        {
            ScalarType.Bool => Expand(type, DecodeBools(encoding, ref reader, storedCount), presence, encoding, rowCount),
            ScalarType.Int =>
                Expand(type, DecodeIntegers<int>(encoding, ref reader, storedCount, arrays, wanted), presence, encoding, rowCount, arrays),
            ScalarType.Long or ScalarType.DateTime or ScalarType.TimeSpan =>
                Expand(type, DecodeIntegers<long>(encoding, ref reader, storedCount, arrays, wanted), presence, encoding, rowCount, arrays),
            ScalarType.Real => Expand(type, DecodeReals(encoding, ref reader, storedCount, arrays, wanted), presence, encoding, rowCount, arrays),
            ScalarType.Decimal => Expand(type, DecodeWide<decimal>(encoding, ref reader, storedCount), presence, encoding, rowCount),
            ScalarType.Guid => Expand(type, DecodeWide<Guid>(encoding, ref reader, storedCount), presence, encoding, rowCount),
            ScalarType.String when encoding == BlockEncoding.Template && presence is null =>
                new StringVector(TemplateCodec.Decode(ref reader, rowCount, sibling ?? (static (_, _) => null))),
            ScalarType.String => ExpandStrings(StringCodec.Decode(encoding, ref reader, presentCount, arrays), presence),
            ScalarType.Dynamic => DecodeDynamics(encoding, ref reader, presentCount, presence),
            _ => throw new CorruptDataException($"type {(byte)type}"),
        };
    }

    /// <summary>Bytes that stand before the slots of an encoded block of templates: encoding, flags, size of the slots.</summary>
    public const int TemplateHeadBytes = 6;

    /// <summary>Where the directory of an encoded block of templates begins: behind its slots.</summary>
    public static long DirectoryStart(ReadOnlySpan<byte> bytes) =>
        TemplateHeadBytes + (long)System.Buffers.Binary.BinaryPrimitives.ReadUInt32LittleEndian(bytes[2..]);

    /// <summary>Decodes a block of templates from its directory.</summary>
    /// <param name="bytes">What stands from <see cref="DirectoryStart"/> on.</param>
    /// <param name="directory">What <see cref="ReadDirectory"/> gives of it.</param>
    /// <param name="rowCount">The number of rows.</param>
    /// <param name="slots">Gives the slots, when a variable is asked for first; from any thread.</param>
    /// <param name="sibling">Gives other columns of the same rows; may be called later, from any thread.</param>
    /// <param name="mayContain">What is known of the text variables; or null.</param>
    /// <exception cref="CorruptDataException">The bytes are damaged.</exception>
    public static TemplateText DecodeTemplates(
        ReadOnlySpan<byte> bytes, TemplateDirectory directory, int rowCount, SlotBytes slots, SiblingReader sibling, TextQuestion? mayContain)
    {
        var reader = new ByteReader(bytes[directory.CodesOffset..]);
        TemplateText text = TemplateCodec.DecodeRows(ref reader, directory, rowCount, slots, sibling, mayContain);
        reader.ExpectEnd();
        return text;
    }

    /// <summary>Reads of the directory of a block of templates what it says without the rows.</summary>
    /// <param name="directory">What stands from <see cref="DirectoryStart"/> on.</param>
    /// <param name="rowCount">The number of rows.</param>
    /// <param name="slotBytes">Bytes of the slots.</param>
    /// <exception cref="CorruptDataException">The bytes are damaged.</exception>
    public static TemplateDirectory ReadDirectory(ReadOnlySpan<byte> directory, int rowCount, int slotBytes)
    {
        var reader = new ByteReader(directory);
        return TemplateCodec.ReadDirectory(ref reader, rowCount, slotBytes);
    }

    /// <summary>Decodes some rows of an encoded block; null where all would have to be decoded.</summary>
    /// <param name="bytes">What the encoder wrote.</param>
    /// <param name="type">The type of the values.</param>
    /// <param name="rowCount">The number of rows.</param>
    /// <param name="rows">Which, ascending.</param>
    /// <exception cref="CorruptDataException">The bytes are damaged.</exception>
    public static Vector? TryDecodeRows(ReadOnlySpan<byte> bytes, ScalarType type, int rowCount, ReadOnlySpan<int> rows)
    {
        var reader = new ByteReader(bytes);
        var encoding = (BlockEncoding)reader.ReadByte();
        bool isWide = type is ScalarType.Long or ScalarType.DateTime or ScalarType.TimeSpan;
        if (encoding == BlockEncoding.AllNull || !(isWide || type == ScalarType.String) || ReadPresence(ref reader, rowCount) is not null)
        {
            return null;
        }

        if (isWide)
        {
            long[] values = new long[rows.Length];
            return IntegerCodec.TryPick(encoding, ref reader, rowCount, rows, values) ? new FixedVector<long>(type, values, rows.Length) : null;
        }

        return encoding == BlockEncoding.Dictionary ? StringCodec.TryPick(ref reader, rowCount, rows) : null;
    }

    /// <summary>Clears the bits of rows whose value is not kept, where a block lists few values and the codes need not be
    /// decoded for it; false where that cannot be had, and nothing is changed.</summary>
    /// <param name="bytes">What the encoder wrote.</param>
    /// <param name="type">The type of the values.</param>
    /// <param name="keeps">Says of each of some values whether it is kept.</param>
    /// <param name="selection">One bit a row.</param>
    /// <exception cref="CorruptDataException">The bytes are damaged.</exception>
    public static bool TrySelect(ReadOnlySpan<byte> bytes, ScalarType type, Func<Vector, bool[]> keeps, Bitmap selection)
    {
        var reader = new ByteReader(bytes);
        var encoding = (BlockEncoding)reader.ReadByte();
        if (reader.ReadByte() != 0) // rows without a value have no code
        {
            return false;
        }

        Vector entries;
        switch (encoding)
        {
            case BlockEncoding.Dictionary when type == ScalarType.String:
                entries = new StringVector(StringCodec.DecodeEntries(ref reader, selection.Length));
                break;
            case BlockEncoding.IntegerDictionary when type is ScalarType.Long or ScalarType.DateTime or ScalarType.TimeSpan:
                long[] values = IntegerCodec.ReadEntries<long>(ref reader);
                entries = new FixedVector<long>(type, values, values.Length);
                break;
            default:
                return false;
        }

        bool isSelected = CodeCodec.TrySelect(ref reader, keeps(entries), selection.Words, selection.Length);
        if (isSelected)
        {
            reader.ExpectEnd();
        }

        return isSelected;
    }

    /// <summary>The distinct strings of an encoded block where its encoding lists them, else null.</summary>
    /// <exception cref="CorruptDataException">The bytes are damaged.</exception>
    public static Utf8Values? DecodeDictionary(ReadOnlySpan<byte> bytes, int rowCount)
    {
        var reader = new ByteReader(bytes);
        var encoding = (BlockEncoding)reader.ReadByte();
        if (encoding is not (BlockEncoding.Dictionary or BlockEncoding.Constant))
        {
            return null;
        }

        Bitmap? presence = ReadPresence(ref reader, rowCount);
        if (presence is not null)
        {
            return null;
        }

        return encoding == BlockEncoding.Dictionary
            ? StringCodec.DecodeEntries(ref reader, rowCount)
            : StringCodec.Decode(encoding, ref reader, rowCount).Values;
    }

    private static Bitmap? ReadPresence(ref ByteReader reader, int rowCount)
    {
        byte flags = reader.ReadByte();
        if (flags > VectorEncoder.HasPresence)
        {
            throw new CorruptDataException($"byte {reader.Position}: flags {flags}");
        }

        if (flags == 0)
        {
            return null;
        }

        byte[] packed = CompressedBytes.Read(ref reader, (rowCount + 7) >> 3);
        ulong[] words = new ulong[(rowCount + 63) >> 6];
        for (int position = 0; position < packed.Length; position++)
        {
            words[position >> 3] |= (ulong)packed[position] << (8 * (position & 7));
        }

        return new Bitmap(rowCount, words);
    }

    private static bool[] DecodeBools(BlockEncoding encoding, ref ByteReader reader, int count)
    {
        if (encoding == BlockEncoding.Constant)
        {
            return [reader.ReadByte() != 0];
        }

        if (encoding != BlockEncoding.Bits)
        {
            throw new CorruptDataException($"encoding {encoding} for bool");
        }

        byte[] packed = CompressedBytes.Read(ref reader, (count + 7) >> 3);
        bool[] values = new bool[count];
        for (int row = 0; row < count; row++)
        {
            values[row] = (packed[row >> 3] >> (row & 7) & 1) != 0;
        }

        return values;
    }

    private static T[] DecodeIntegers<T>(
        BlockEncoding encoding, ref ByteReader reader, int count, BlockArrays? arrays, RowGroups? wanted)
        where T : unmanaged, System.Numerics.IBinaryInteger<T>
    {
        T[] values = BlockArrays.Rent<T>(arrays, count);
        return IntegerCodec.TryDecode(encoding, ref reader, values.AsSpan(0, count), wanted)
            ? values
            : throw new CorruptDataException($"encoding {encoding} for integers");
    }

    private static double[] DecodeReals(
        BlockEncoding encoding, ref ByteReader reader, int count, BlockArrays? arrays, RowGroups? wanted)
    {
        double[] values = BlockArrays.Rent<double>(arrays, count);
        RealCodec.Decode(encoding, ref reader, values.AsSpan(0, count), wanted);
        return values;
    }

    private static T[] DecodeWide<T>(BlockEncoding encoding, ref ByteReader reader, int count)
        where T : unmanaged
    {
        T[] values = new T[count];
        WideCodec.Decode<T>(encoding, ref reader, values);
        return values;
    }

    private static FixedVector<T> Expand<T>(
        ScalarType type, T[] stored, Bitmap? presence, BlockEncoding encoding, int rowCount, BlockArrays? arrays = null)
        where T : unmanaged
    {
        bool isConstant = encoding == BlockEncoding.Constant && stored.Length > 0;
        if (presence is null)
        {
            return isConstant
                ? FixedVector<T>.Constant(type, stored[0], isNull: false, rowCount)
                : new FixedVector<T>(type, stored, rowCount);
        }

        T[] values = BlockArrays.Rent<T>(arrays, rowCount);
        Spread<T>(stored, isConstant, presence, values.AsSpan(0, rowCount));

        return new FixedVector<T>(type, values, rowCount, presence);
    }

    private static void Spread<T>(ReadOnlySpan<T> stored, bool isConstant, Bitmap presence, Span<T> values)
        where T : unmanaged
    {
        int next = 0;
        ReadOnlySpan<ulong> words = presence.Words;
        for (int row = 0; row < values.Length; row++)
        {
            bool isPresent = (words[row >> 6] >> (row & 63) & 1) != 0;
            values[row] = isPresent ? stored[next] : default;
            next += isPresent && !isConstant ? 1 : 0;
        }
    }

    private static StringVector ExpandStrings(StringVector present, Bitmap? presence) =>
        presence is null ? present : new StringVector(Expand(present.Values, presence));

    private static DynamicVector DecodeDynamics(BlockEncoding encoding, ref ByteReader reader, int count, Bitmap? presence)
    {
        if (encoding == BlockEncoding.Constant)
        {
            byte[] value = CompressedBytes.Read(ref reader, reader.ReadCount(int.MaxValue / 2));
            if (presence is null)
            {
                return DynamicVector.Constant(value, count);
            }

            if ((long)value.Length * count > int.MaxValue)
            {
                throw new CorruptDataException($"{count} values of {value.Length} bytes");
            }

            Utf8Values repeated = new Utf8Values([0, value.Length], value, 1).Gather(new int[count]);
            return new DynamicVector(Expand(repeated, presence), presence);
        }

        if (encoding != BlockEncoding.Text)
        {
            throw new CorruptDataException($"encoding {encoding} for dynamic");
        }

        Utf8Values values = TextCodec.Decode(ref reader, count);
        return new DynamicVector(presence is null ? values : Expand(values, presence), presence);
    }

    // The bytes stay as they are; rows that are not present get no bytes.
    private static Utf8Values Expand(Utf8Values present, Bitmap presence)
    {
        int[] offsets = GC.AllocateUninitializedArray<int>(presence.Length + 1);
        ReadOnlySpan<int> presentOffsets = present.Offsets;
        int next = 0;
        offsets[0] = 0;
        for (int row = 0; row < presence.Length; row++)
        {
            next += presence[row] ? 1 : 0;
            offsets[row + 1] = presentOffsets[next];
        }

        return new Utf8Values(offsets, present.Bytes.ToArray(), presence.Length);
    }
}
