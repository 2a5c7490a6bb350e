using Bongsu.Core.Encodings;
using Bongsu.Core.Templates;

namespace Bongsu.Core.Vectors;

/// <summary>Texts as few shapes and the numbers in them, written out only when asked. Immutable; any number of
/// threads.</summary>
public sealed class ShapedTexts
{
    /// <summary>The byte of a shape in whose place a number stands: one decimal digit or more.</summary>
    public const byte NumberMark = 0;

    private readonly int[] _codes;
    private readonly long[] _numbers;

    /// <summary>Takes ownership of all arrays.</summary>
    /// <param name="shapes">The distinct shapes.</param>
    /// <param name="codes">By text the index of its shape.</param>
    /// <param name="length">Number of texts.</param>
    /// <param name="numbers">The numbers of the first text, then of the second...</param>
    public ShapedTexts(Utf8Values shapes, int[] codes, int length, long[] numbers)
    {
        _codes = codes;
        _numbers = numbers;
        Shapes = shapes;
        Length = length;
    }

    /// <summary>The distinct shapes.</summary>
    public Utf8Values Shapes { get; }

    /// <summary>Number of texts.</summary>
    public int Length { get; }

    /// <summary>By text the index of its shape.</summary>
    public ReadOnlySpan<int> Codes => _codes.AsSpan(0, Length);

    /// <summary>Bytes in memory, about.</summary>
    public long SizeBytes => (4L * _codes.Length) + (8L * _numbers.Length) + Shapes.Bytes.Length;

    /// <summary>Writes all of them out.</summary>
    /// <exception cref="CorruptDataException">Together they are longer than any array; only damage makes them so.</exception>
    public Utf8Values Render()
    {
        int[] offsets = GC.AllocateUninitializedArray<int>(Length + 1);
        offsets[0] = 0;
        int next = 0;
        long total = 0;
        ReadOnlySpan<int> shapeOffsets = Shapes.Offsets;
        int[] numbersOf = CountNumbers(Shapes);
        for (int row = 0; row < Length; row++)
        {
            int code = _codes[row];
            total += shapeOffsets[code + 1] - shapeOffsets[code];
            for (int left = numbersOf[code]; left > 0; left--)
            {
                total += VariableText.DigitsOf((ulong)_numbers[next++]) - 1;
            }

            if (total > Array.MaxLength)
            {
                throw new CorruptDataException($"row {row}: {total} bytes of text");
            }

            offsets[row + 1] = (int)total;
        }

        byte[] bytes = GC.AllocateUninitializedArray<byte>((int)total);
        next = 0;
        for (int row = 0; row < Length; row++)
        {
            ReadOnlySpan<byte> shape = Shapes[_codes[row]];
            Span<byte> room = bytes.AsSpan(offsets[row], offsets[row + 1] - offsets[row]);
            for (int left = numbersOf[_codes[row]]; left > 0; left--)
            {
                int zero = shape.IndexOf(NumberMark);
                shape[..zero].CopyTo(room);
                ulong number = (ulong)_numbers[next++];
                int digits = VariableText.DigitsOf(number);
                WriteDigits(number, room.Slice(zero, digits));
                room = room[(zero + digits)..];
                shape = shape[(zero + 1)..];
            }

            shape.CopyTo(room);
        }

        return new Utf8Values(offsets, bytes, Length);
    }

    /// <summary>The given texts, in the given order (repeats allowed).</summary>
    public ShapedTexts Gather(ReadOnlySpan<int> rows)
    {
        int[] numbersOf = CountNumbers(Shapes);
        int[] codes = new int[rows.Length];
        var numbers = new List<long>();
        int row = 0;
        int next = 0;
        for (int index = 0; index < codes.Length; index++)
        {
            if (rows[index] < row)
            {
                (row, next) = (0, 0);
            }

            for (; row < rows[index]; row++)
            {
                next += numbersOf[_codes[row]];
            }

            codes[index] = _codes[row];
            numbers.AddRange(_numbers.AsSpan(next, numbersOf[_codes[row]]));
        }

        return new ShapedTexts(Shapes, codes, codes.Length, [.. numbers]);
    }

    private static int[] CountNumbers(Utf8Values shapes)
    {
        int[] numbersOf = new int[shapes.Count];
        for (int shape = 0; shape < numbersOf.Length; shape++)
        {
            numbersOf[shape] = shapes[shape].Count(NumberMark);
        }

        return numbersOf;
    }

    private static void WriteDigits(ulong number, Span<byte> room)
    {
        for (int digit = room.Length - 1; digit >= 0; digit--)
        {
            ulong rest = number / 10;
            room[digit] = (byte)('0' + (number - (rest * 10)));
            number = rest;
        }
    }
}
