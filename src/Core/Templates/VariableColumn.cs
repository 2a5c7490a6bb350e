using Bongsu.Core.Vectors;

namespace Bongsu.Core.Templates;

/// <summary>The variables of one slot of a template, for the template's rows in ascending order. Immutable.</summary>
public sealed class VariableColumn
{
    private readonly long[] _numbers;
    private readonly StringVector? _texts;

    private VariableColumn(VariableKind kind, int digits, long[] numbers, StringVector? texts, int length)
    {
        Kind = kind;
        Digits = digits;
        Length = length;
        _numbers = numbers;
        _texts = texts;
    }

    /// <summary>How they are kept.</summary>
    public VariableKind Kind { get; }

    /// <summary>Fraction digits of decimals, number of digits of hexadecimals; else 0.</summary>
    public int Digits { get; }

    /// <summary>Number of variables.</summary>
    public int Length { get; }

    /// <summary>The numbers; empty where <see cref="Kind"/> is text.</summary>
    public ReadOnlySpan<long> Numbers => _numbers.AsSpan(0, _texts is null ? Length : 0);

    /// <summary>The texts; only where <see cref="Kind"/> is text.</summary>
    public StringVector Texts => _texts ?? throw new InvalidOperationException($"variables of kind {Kind} have no texts");

    /// <summary>Most bytes of one variable's text.</summary>
    public int MaxBytes => _texts is null ? VariableText.MaxNumberBytes : LongestText();

    /// <summary>Bytes of the text of all.</summary>
    public long TextBytes => _texts?.TextBytes ?? TextLengths.Sum(Kind, Digits, Numbers);

    /// <summary>Bytes in memory, about.</summary>
    public long SizeBytes => (8L * _numbers.Length) + (_texts switch
    {
        null => 0,
        { Shaped: { } shaped } => shaped.SizeBytes,
        _ => _texts.Values.Bytes.Length + (4L * (_texts.Values.Count + _texts.Codes.Length)),
    });

    /// <summary>Variables that are numbers; takes ownership of the array.</summary>
    public static VariableColumn OfNumbers(VariableKind kind, int digits, long[] numbers, int length) =>
        kind != VariableKind.Text && VariableText.IsValid(kind, digits) && numbers.Length >= length
            ? new VariableColumn(kind, digits, numbers, null, length)
            : throw new ArgumentException($"{numbers.Length} numbers of {kind}, {digits} digits, for {length} rows");

    /// <summary>Variables that are text.</summary>
    public static VariableColumn OfTexts(StringVector texts) => new(VariableKind.Text, 0, [], texts, texts.Length);

    /// <summary>Writes the text of one variable; needs <see cref="MaxBytes"/>.</summary>
    /// <returns>Bytes written.</returns>
    public int Format(int index, Span<byte> destination)
    {
        if (_texts is null)
        {
            return VariableText.Format(Kind, Digits, _numbers[index], destination);
        }

        ReadOnlySpan<byte> text = _texts[index];
        text.CopyTo(destination);
        return text.Length;
    }

    /// <summary>The given variables, in the given order.</summary>
    public VariableColumn Gather(ReadOnlySpan<int> indexes)
    {
        if (_texts is not null)
        {
            return OfTexts((StringVector)_texts.Gather(indexes));
        }

        long[] stored = _numbers;
        long[] numbers = GC.AllocateUninitializedArray<long>(indexes.Length);
        for (int index = 0; index < numbers.Length; index++)
        {
            numbers[index] = stored[indexes[index]];
        }

        return new VariableColumn(Kind, Digits, numbers, null, numbers.Length);
    }

    /// <summary>Variables of several columns: the one at i is <c>columns[sources[i]]</c>'s at
    /// <c>indexes[i]</c>.</summary>
    public static VariableColumn Gather(ReadOnlySpan<VariableColumn> columns, ReadOnlySpan<int> sources, ReadOnlySpan<int> indexes)
    {
        VariableColumn first = columns[0];
        bool isUniform = true;
        foreach (VariableColumn column in columns)
        {
            isUniform &= column.Kind == first.Kind && column.Digits == first.Digits;
        }

        if (!isUniform || first.Kind == VariableKind.Text)
        {
            var texts = new StringVector[columns.Length];
            for (int column = 0; column < texts.Length; column++)
            {
                texts[column] = columns[column].ToTexts();
            }

            return OfTexts(StringGather.Gather(texts, sources, indexes));
        }

        long[][] stored = new long[columns.Length][];
        for (int column = 0; column < stored.Length; column++)
        {
            stored[column] = columns[column]._numbers;
        }

        long[] numbers = GC.AllocateUninitializedArray<long>(indexes.Length);
        for (int row = 0; row < numbers.Length; row++)
        {
            numbers[row] = stored[sources[row]][indexes[row]];
        }

        return new VariableColumn(first.Kind, first.Digits, numbers, null, numbers.Length);
    }

    /// <summary>Variables of several columns, run by run; <paramref name="count"/> in all.</summary>
    internal static VariableColumn Gather(VariableColumn[] columns, ReadOnlySpan<RowRun> runs, int count)
    {
        VariableColumn first = columns[0];
        if (first.Kind == VariableKind.Text || !Array.TrueForAll(columns, column => column.Kind == first.Kind && column.Digits == first.Digits))
        {
            return OfTexts(StringRunGather.Gather(Array.ConvertAll(columns, column => column.ToTexts()), runs, count, arrays: null));
        }

        long[] numbers = GC.AllocateUninitializedArray<long>(count);
        int next = 0;
        foreach (RowRun run in runs)
        {
            columns[run.Source]._numbers.AsSpan(run.Start, run.Count).CopyTo(numbers.AsSpan(next));
            next += run.Count;
        }

        return new VariableColumn(first.Kind, first.Digits, numbers, null, count);
    }

    private StringVector ToTexts()
    {
        if (_texts is not null)
        {
            return _texts;
        }

        var texts = new StringVectorBuilder();
        for (int index = 0; index < Length; index++)
        {
            texts.Commit(Format(index, texts.Reserve(VariableText.MaxNumberBytes)));
        }

        return (StringVector)texts.Build();
    }

    private int LongestText()
    {
        int longest = 0;
        ReadOnlySpan<int> offsets = _texts!.Values.Offsets;
        for (int value = 1; value < offsets.Length; value++)
        {
            longest = Math.Max(longest, offsets[value] - offsets[value - 1]);
        }

        return longest;
    }
}
