using System.Buffers.Binary;
using Bongsu.Core.Templates;
using Bongsu.Core.Types;
using Bongsu.Core.Vectors;

namespace Bongsu.Core.Encodings;

/// <summary>The variables of one slot in a block.</summary>
/// <remarks>
/// Byte kind, plus 8 where they refer to another column; byte digits for all but integers, addresses and text. Then the values; or
/// the column's name,
/// varint number of exceptions and, where there are any, their indexes (byte encoding, <see cref="IntegerCodec"/>) and
/// values.
/// Values that are text: a vector. Numbers: byte encoding and its payload, or 255, byte width and the low bytes of each.
/// </remarks>
internal static class VariableCodec
{
    private const byte RefersToSibling = 8;
    private const byte RawNumbers = 255;

    // Numbers that fill their width but for so many bits are random: nothing but their bytes keeps them smaller.
    private const int RawSlackBits = 6;

    public static void Encode(
        VariableColumn variables,
        ReadOnlySpan<int> rows,
        IReadOnlyList<SiblingColumn> siblings,
        EncodingEffort effort,
        ByteWriter writer)
    {
        string? sibling = SiblingReference.Find(variables, rows, siblings, out List<int> exceptions);
        writer.WriteByte((byte)((byte)variables.Kind | (sibling is null ? 0 : RefersToSibling)));
        if (HasDigits(variables.Kind))
        {
            writer.WriteByte((byte)variables.Digits);
        }

        if (sibling is null)
        {
            EncodeValues(variables, effort, writer);
            return;
        }

        writer.WriteString(sibling);
        writer.WriteVarint((ulong)exceptions.Count);
        if (exceptions.Count > 0)
        {
            int encodingPosition = writer.Length;
            writer.WriteByte(0);
            writer.PatchByte(
                encodingPosition,
                (byte)IntegerCodec.Encode(exceptions.ConvertAll(index => (long)index).ToArray(), EncodingEffort.Log, writer));
            EncodeValues(variables.Gather(exceptions.ToArray()), effort, writer);
        }
    }

    public static VariableColumn Decode(ref ByteReader reader, ReadOnlySpan<int> rows, SiblingReader sibling)
    {
        (VariableKind kind, int digits) = ReadShape(ref reader, out bool refersToSibling);
        if (!refersToSibling)
        {
            return DecodeValues(kind, digits, ref reader, rows.Length);
        }

        VariableColumn resolved = SiblingReference.Resolve(kind, digits, rows, ReadSibling(ref reader, sibling, rows: null));
        int[] exceptions = ReadExceptions(ref reader, rows.Length);
        return exceptions.Length == 0
            ? resolved
            : Overlay(resolved, DecodeValues(kind, digits, ref reader, exceptions.Length), exceptions);
    }

    /// <summary>Some of the variables.</summary>
    /// <param name="reader">Stands at the slot.</param>
    /// <param name="count">How many variables there are.</param>
    /// <param name="ranks">Which of them.</param>
    /// <param name="rows">Their rows.</param>
    /// <param name="sibling">Gives other columns.</param>
    public static VariableColumn DecodeSome(
        ref ByteReader reader, int count, ReadOnlySpan<int> ranks, ReadOnlySpan<int> rows, SiblingReader sibling)
    {
        foreach (int rank in ranks)
        {
            if ((uint)rank >= (uint)count)
            {
                throw new CorruptDataException($"variable {rank} of {count}");
            }
        }

        using var arrays = new BlockArrays();
        (VariableKind kind, int digits) = ReadShape(ref reader, out bool refersToSibling);
        if (!refersToSibling)
        {
            return PickValues(kind, digits, ref reader, count, ranks, arrays);
        }

        Vector values = ReadSibling(ref reader, sibling, rows.ToArray());
        VariableColumn resolved = SiblingReference.Resolve(kind, digits, [.. Enumerable.Range(0, rows.Length)], values);
        int[] exceptions = ReadExceptions(ref reader, count);
        if (exceptions.Length == 0)
        {
            return resolved;
        }

        VariableColumn exceptional = DecodeValues(kind, digits, ref reader, exceptions.Length, arrays);
        int[] sources = new int[ranks.Length];
        int[] indexes = new int[ranks.Length];
        for (int index = 0; index < indexes.Length; index++)
        {
            int exception = exceptions.LastIndexOf(ranks[index]);
            (sources[index], indexes[index]) = exception < 0 ? (0, index) : (1, exception);
        }

        return VariableColumn.Gather([resolved, exceptional], sources, indexes);
    }

    private static bool HasDigits(VariableKind kind) =>
        kind is VariableKind.Decimal or VariableKind.Hex or VariableKind.Time or VariableKind.Padded;

    /// <summary>Appends a shape: byte kind, byte digits.</summary>
    public static void WriteShape(VariableShape shape, ByteWriter writer)
    {
        writer.WriteByte((byte)shape.Kind);
        writer.WriteByte(HasDigits(shape.Kind) ? (byte)shape.Digits : (byte)0);
    }

    /// <summary>A shape as it was written.</summary>
    /// <exception cref="CorruptDataException">There is none such.</exception>
    public static VariableShape ReadShape(VariableKind kind, int digits) => VariableText.IsValid(kind, digits)
        ? new VariableShape(kind, digits)
        : throw new CorruptDataException($"variables of kind {(byte)kind} with {digits} digits");

    private static VariableShape ReadShape(ref ByteReader reader, out bool refersToSibling)
    {
        byte head = reader.ReadByte();
        var kind = (VariableKind)(head & ~RefersToSibling);
        refersToSibling = (head & RefersToSibling) != 0;
        return ReadShape(kind, HasDigits(kind) ? reader.ReadByte() : 0);
    }

    private static Vector ReadSibling(ref ByteReader reader, SiblingReader sibling, int[]? rows)
    {
        string name = reader.ReadString();
        return sibling(name, rows) ?? throw new CorruptDataException($"variables refer to column \"{name}\", which is not there");
    }

    private static int[] ReadExceptions(ref ByteReader reader, int count)
    {
        int[] exceptions = new int[reader.ReadCount(count)];
        if (exceptions.Length == 0)
        {
            return exceptions;
        }

        var encoding = (BlockEncoding)reader.ReadByte();
        if (!IntegerCodec.TryDecode(encoding, ref reader, exceptions.AsSpan()))
        {
            throw new CorruptDataException($"encoding {encoding} for indexes");
        }

        foreach (int exception in exceptions)
        {
            if ((uint)exception >= (uint)count)
            {
                throw new CorruptDataException($"exception at {exception} of {count} variables");
            }
        }

        return exceptions;
    }

    private static VariableColumn Overlay(VariableColumn resolved, VariableColumn exceptional, int[] exceptions)
    {
        int[] sources = new int[resolved.Length];
        int[] indexes = [.. Enumerable.Range(0, resolved.Length)];
        for (int exception = 0; exception < exceptions.Length; exception++)
        {
            sources[exceptions[exception]] = 1;
            indexes[exceptions[exception]] = exception;
        }

        return VariableColumn.Gather([resolved, exceptional], sources, indexes);
    }

    private static void EncodeValues(VariableColumn variables, EncodingEffort effort, ByteWriter writer)
    {
        if (variables.Kind == VariableKind.Text)
        {
            VectorEncoder.Encode(variables.Texts, effort, writer);
            return;
        }

        if (variables.Kind == VariableKind.Hex && IsRandom(variables.Numbers, variables.Digits) &&
            !CompressedIntegers.Gains(variables.Numbers, (long)variables.Length * variables.Digits / 2))
        {
            int width = (variables.Digits + 1) / 2;
            writer.WriteByte(RawNumbers);
            writer.WriteByte((byte)width);
            Span<byte> room = writer.Reserve((variables.Length * width) + sizeof(long));
            foreach (long number in variables.Numbers)
            {
                BinaryPrimitives.WriteInt64LittleEndian(room, number);
                room = room[width..];
            }

            writer.Advance(variables.Length * width);
            return;
        }

        int encodingPosition = writer.Length;
        writer.WriteByte(0);
        writer.PatchByte(encodingPosition, (byte)IntegerCodec.Encode(variables.Numbers, effort, writer));
    }

    private static VariableColumn DecodeValues(VariableKind kind, int digits, ref ByteReader reader, int count, BlockArrays? arrays = null)
    {
        if (kind == VariableKind.Text)
        {
            return VariableColumn.OfTexts((StringVector)VectorDecoder.Decode(ref reader, ScalarType.String, count, arrays: arrays));
        }

        byte encoding = reader.ReadByte();
        long[] numbers;
        if (encoding == RawNumbers)
        {
            numbers = DecodeRaw(ref reader, count, arrays);
        }
        else
        {
            numbers = BlockArrays.Rent<long>(arrays, count);
            if (!IntegerCodec.TryDecode((BlockEncoding)encoding, ref reader, numbers.AsSpan(0, count)))
            {
                throw new CorruptDataException($"encoding {encoding} for variables of kind {kind}");
            }
        }

        return VariableColumn.OfNumbers(kind, digits, numbers, count);
    }

    // Where the encoding allows it, without the others.
    private static VariableColumn PickValues(
        VariableKind kind, int digits, ref ByteReader reader, int count, ReadOnlySpan<int> ranks, BlockArrays arrays)
    {
        if (kind == VariableKind.Text || !Ascends(ranks))
        {
            return DecodeValues(kind, digits, ref reader, count, arrays).Gather(ranks);
        }

        ByteReader start = reader;
        byte encoding = reader.ReadByte();
        long[] picked = new long[ranks.Length];
        if (encoding == RawNumbers)
        {
            ReadOnlySpan<byte> bytes = ReadRaw(ref reader, count, out int width);
            for (int index = 0; index < picked.Length; index++)
            {
                picked[index] = RawAt(bytes, ranks[index], width);
            }
        }
        else if (!IntegerCodec.TryPick((BlockEncoding)encoding, ref reader, count, ranks, picked))
        {
            reader = start;
            return DecodeValues(kind, digits, ref reader, count, arrays).Gather(ranks);
        }

        return VariableColumn.OfNumbers(kind, digits, picked, picked.Length);
    }

    private static bool Ascends(ReadOnlySpan<int> ranks)
    {
        for (int index = 1; index < ranks.Length; index++)
        {
            if (ranks[index] < ranks[index - 1])
            {
                return false;
            }
        }

        return true;
    }

    private static long[] DecodeRaw(ref ByteReader reader, int count, BlockArrays? arrays)
    {
        ReadOnlySpan<byte> bytes = ReadRaw(ref reader, count, out int width);
        long[] numbers = BlockArrays.Rent<long>(arrays, count);
        if (width == sizeof(long))
        {
            System.Runtime.InteropServices.MemoryMarshal.Cast<byte, long>(bytes).CopyTo(numbers);
            return numbers;
        }

        for (int index = 0; index < count; index++)
        {
            numbers[index] = RawAt(bytes, index, width);
        }

        return numbers;
    }

    private static ReadOnlySpan<byte> ReadRaw(ref ByteReader reader, int count, out int width)
    {
        width = reader.ReadByte();
        return width is >= 1 and <= sizeof(long)
            ? reader.ReadBytes((int)Math.Min((long)width * count, int.MaxValue))
            : throw new CorruptDataException($"byte {reader.Position}: numbers of {width} bytes");
    }

    private static long RawAt(ReadOnlySpan<byte> bytes, int index, int width)
    {
        Span<byte> wide = stackalloc byte[sizeof(long)];
        wide.Clear();
        bytes.Slice(index * width, width).CopyTo(wide);
        return BinaryPrimitives.ReadInt64LittleEndian(wide);
    }

    private static bool IsRandom(ReadOnlySpan<long> numbers, int digits)
    {
        if (digits * 4 <= RawSlackBits || numbers.Length == 0)
        {
            return false;
        }

        ulong least = ulong.MaxValue;
        ulong most = 0;
        int repeats = 0;
        long previous = numbers[0];
        foreach (long number in numbers)
        {
            least = Math.Min(least, (ulong)number);
            most = Math.Max(most, (ulong)number);
            repeats += number == previous ? 1 : 0;
            previous = number;
        }

        int bits = 64 - System.Numerics.BitOperations.LeadingZeroCount(most - least);
        return bits > (digits * 4) - RawSlackBits && repeats <= numbers.Length / 4;
    }
}
