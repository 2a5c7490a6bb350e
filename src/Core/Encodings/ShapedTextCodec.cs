using Bongsu.Core.Vectors;

namespace Bongsu.Core.Encodings;

/// <summary>Byte strings of few shapes, with the numbers in them apart: paths with ids, names with counters.</summary>
/// <remarks>
/// Varint shapes, <see cref="TextCodec"/> of the shapes, in which a zero byte stands for a number; codes (
/// <see cref="CodeCodec"/>); where there are numbers, byte encoding and payload (<see cref="IntegerCodec"/>) of all, row
/// after row. A number has 3 to 18 digits and no leading zero.
/// </remarks>
internal static class ShapedTextCodec
{
    private const int MinCount = 512;
    private const int SampleCount = 2048;

    // Each shape must serve several strings, or text is as good.
    private const int MinRowsPerShape = 8;
    private const int MaxShapeBytes = 255;
    private const int MaxNumbersPerRow = 4;
    private const int MinDigits = 3;
    private const int MaxDigits = 18;

    /// <summary>Encodes strings where that is smaller than text; else writes nothing.</summary>
    public static bool TryEncode(Utf8Values values, EncodingEffort effort, ByteWriter writer)
    {
        if (values.Count < MinCount)
        {
            return false;
        }

        Utf8Values sample = values;
        if (values.Count > SampleCount)
        {
            int[] offsets = values.Offsets[..(SampleCount + 1)].ToArray();
            sample = new Utf8Values(offsets, values.Bytes[..offsets[^1]].ToArray(), SampleCount);
        }

        var shaped = new ByteWriter();
        var plain = new ByteWriter();
        if (!TryWrite(sample, effort, shaped))
        {
            return false;
        }

        TextCodec.Encode(sample, effort, plain);
        int start = writer.Length;
        if (shaped.Length * 8L > plain.Length * 7L || !TryWrite(values, effort, writer))
        {
            writer.Truncate(start);
            return false;
        }

        return true;
    }

    public static ShapedTexts Decode(ref ByteReader reader, int count)
    {
        Utf8Values shapes = TextCodec.Decode(ref reader, reader.ReadCount(count));
        int[] numbersOf = new int[shapes.Count];
        for (int shape = 0; shape < numbersOf.Length; shape++)
        {
            numbersOf[shape] = shapes[shape].Count(ShapedTexts.NumberMark);
            if (shapes[shape].Length > MaxShapeBytes || numbersOf[shape] > MaxNumbersPerRow)
            {
                throw new CorruptDataException($"a shape of {shapes[shape].Length} bytes and {numbersOf[shape]} numbers");
            }
        }

        int[] codes = GC.AllocateUninitializedArray<int>(count);
        CodeCodec.Decode(ref reader, codes, shapes.Count);
        int numberCount = 0;
        foreach (int code in codes)
        {
            numberCount += numbersOf[code];
        }

        long[] numbers = GC.AllocateUninitializedArray<long>(numberCount);
        if (numberCount > 0)
        {
            var encoding = (BlockEncoding)reader.ReadByte();
            if (!IntegerCodec.TryDecode(encoding, ref reader, numbers.AsSpan()))
            {
                throw new CorruptDataException($"encoding {encoding} for numbers in text");
            }
        }

        return new ShapedTexts(shapes, codes, count, numbers);
    }

    private static bool TryWrite(Utf8Values values, EncodingEffort effort, ByteWriter writer)
    {
        if (values.Bytes.Contains(ShapedTexts.NumberMark))
        {
            return false;
        }

        long[] codes = SharedArrays.Rent<long>(values.Count);
        long[] numbers = SharedArrays.Rent<long>(values.Count * MaxNumbersPerRow);
        try
        {
            var shapes = new Utf8Interner();
            int numberCount = 0;
            Span<byte> shape = stackalloc byte[MaxShapeBytes];
            for (int row = 0; row < values.Count; row++)
            {
                int length = Cut(values[row], shape, numbers.AsSpan(numberCount), out int found);
                if (length < 0 || shapes.Count * MinRowsPerShape > Math.Max(values.Count, MinCount))
                {
                    return false;
                }

                numberCount += found;
                codes[row] = shapes.Intern(shape[..length]);
            }

            writer.WriteVarint((ulong)shapes.Count);
            TextCodec.Encode(shapes.Values, effort, writer);
            CodeCodec.Encode(codes.AsSpan(0, values.Count), effort, writer);
            if (numberCount > 0)
            {
                int encodingPosition = writer.Length;
                writer.WriteByte(0);
                writer.PatchByte(encodingPosition, (byte)IntegerCodec.Encode(numbers.AsSpan(0, numberCount), effort, writer));
            }

            return true;
        }
        finally
        {
            SharedArrays.Return(codes);
            SharedArrays.Return(numbers);
        }
    }

    // Takes the numbers out; -1 where the text has no shape that could be kept.
    private static int Cut(ReadOnlySpan<byte> text, Span<byte> shape, Span<long> numbers, out int found)
    {
        found = 0;
        int length = 0;
        while (!text.IsEmpty)
        {
            int plain = text.IndexOfAnyInRange((byte)'0', (byte)'9');
            plain = plain < 0 ? text.Length : plain;
            if (length + plain > shape.Length)
            {
                return -1;
            }

            text[..plain].CopyTo(shape[length..]);
            length += plain;
            text = text[plain..];
            int digits = 0;
            ulong number = 0;
            while (digits < text.Length && (uint)(text[digits] - '0') <= 9)
            {
                number = (number * 10) + (uint)(text[digits++] - '0');
            }

            bool isNumber = digits is >= MinDigits and <= MaxDigits && text[0] != '0' && found < MaxNumbersPerRow;
            if (length + (isNumber ? 1 : digits) > shape.Length)
            {
                return -1;
            }

            if (isNumber)
            {
                numbers[found++] = (long)number;
                shape[length++] = ShapedTexts.NumberMark;
            }
            else
            {
                text[..digits].CopyTo(shape[length..]);
                length += digits;
            }

            text = text[digits..];
        }

        return length;
    }
}
