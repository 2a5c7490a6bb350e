using System.Text;
using Bongsu.Core.Templates;
using Bongsu.Core.Types;

namespace Bongsu.Core.Vectors;

/// <summary>UTF-8 strings, plain or dictionary-coded. Never null: absent is empty.</summary>
/// <remarks>
/// Plain: value of a row is <c>Values[row]</c>. Dictionary: <c>Values[Codes[row]]</c>; entries need not be distinct,
/// sorted or used. Templates, shapes and identifiers of a <see cref="SharedDictionary"/>: plain too, but written out only once
/// <see cref="Values"/> or a row is asked for.
/// Bytes are valid UTF-8 wherever they came in from outside (decoders repair or refuse).
/// </remarks>
public sealed class StringVector : Vector
{
    // Of one row in so many, or fewer, only those rows are written out.
    private const int FewShare = 8;

    private readonly int[]? _codes;
    private readonly int[]? _sharedCodes;
    private readonly Func<TemplateText>? _gather;
    private TemplateText? _templates;
    private Utf8Values? _values;

    /// <summary>Plain strings, one per row.</summary>
    public StringVector(Utf8Values values)
        : base(ScalarType.String, values.Count, isConstant: false, validity: null)
    {
        _values = values;
    }

    /// <summary>Texts as templates and variables.</summary>
    public StringVector(TemplateText templates)
        : base(ScalarType.String, templates.Length, isConstant: false, validity: null)
    {
        _templates = templates;
    }

    // Columns that were only read to find rows are gathered and never looked at.
    private StringVector(TemplateText source, int[] rows)
        : base(ScalarType.String, rows.Length, isConstant: false, validity: null)
    {
        _gather = () => source.Gather(rows);
    }

    /// <summary>Texts as shapes and numbers.</summary>
    public StringVector(ShapedTexts shaped)
        : base(ScalarType.String, shaped.Length, isConstant: false, validity: null)
    {
        Shaped = shaped;
    }

    /// <summary>Dictionary-coded strings; takes ownership of <paramref name="codes"/>.</summary>
    public StringVector(Utf8Values dictionary, int[] codes, int length)
        : base(ScalarType.String, length, isConstant: false, validity: null)
    {
        if (codes.Length < length)
        {
            throw new ArgumentException($"{codes.Length} codes for {length} rows");
        }

        _values = dictionary;
        _codes = codes;
    }

    /// <summary>Identifiers of a dictionary that other vectors share; takes ownership of
    /// <paramref name="codes"/>.</summary>
    public StringVector(SharedDictionary shared, int[] codes, int length)
        : base(ScalarType.String, length, isConstant: false, validity: null)
    {
        if (codes.Length < length)
        {
            throw new ArgumentException($"{codes.Length} codes for {length} rows");
        }

        Shared = shared;
        _sharedCodes = codes;
    }

    private StringVector(Utf8Values single, int length)
        : base(ScalarType.String, length, isConstant: true, validity: null)
    {
        _values = single;
    }

    /// <summary>The dictionary's entries, or the rows themselves where <see cref="IsDictionary"/> is false.</summary>
    public Utf8Values Values => _values ?? WriteOut();

    /// <summary>The rows as templates and variables, where that is their form; else null.</summary>
    public TemplateText? Templates => _templates ??= _gather?.Invoke();

    /// <summary>The rows as shapes and numbers, where that is their form; else null.</summary>
    public ShapedTexts? Shaped { get; }

    /// <summary>The identifiers that <see cref="SharedCodes"/> refer to, where that is the form; else null. Such a vector
    /// is not <see cref="IsDictionary"/>.</summary>
    public SharedDictionary? Shared { get; }

    /// <summary>By row a code of <see cref="Shared"/>; empty where there is none.</summary>
    public ReadOnlySpan<int> SharedCodes => _sharedCodes is null ? default : _sharedCodes.AsSpan(0, Length);

    /// <summary>True where rows refer to <see cref="Values"/> by code.</summary>
    public bool IsDictionary => _codes is not null;

    /// <summary>True where the entries of a dictionary are known to differ from each other; some may be
    /// unused.</summary>
    public bool HasDistinctEntries { get; init; }

    /// <summary>Codes by row; empty unless <see cref="IsDictionary"/>.</summary>
    public ReadOnlySpan<int> Codes => _codes is null ? default : _codes.AsSpan(0, Length);

    /// <summary>Bytes of the text of all rows, in UTF-8.</summary>
    public long TextBytes
    {
        get
        {
            if (Templates is { } templates)
            {
                return templates.TextBytes;
            }

            if (Shared is { } shared)
            {
                return shared.TextBytesOf(SharedCodes);
            }

            ReadOnlySpan<int> offsets = Values.Offsets;
            if (IsConstant)
            {
                return (long)Length * (offsets[1] - offsets[0]);
            }

            if (!IsDictionary)
            {
                return offsets[^1] - offsets[0];
            }

            long textBytes = 0;
            foreach (int code in Codes)
            {
                textBytes += offsets[code + 1] - offsets[code];
            }

            return textBytes;
        }
    }

    internal int[]? CodeArray => _codes;

    /// <summary>The bytes of a row.</summary>
    public ReadOnlySpan<byte> this[int row] => _codes is null ? Values[row & RowMask] : Values[_codes[row]];

    /// <summary>One string for all rows.</summary>
    public static StringVector Constant(ReadOnlySpan<byte> value, int length) =>
        new(new Utf8Values([0, value.Length], value.ToArray(), 1), length);

    /// <summary>Plain strings of .NET strings; for tests and edges.</summary>
    public static StringVector Of(params string[] values)
    {
        var builder = new StringVectorBuilder();
        foreach (string value in values)
        {
            builder.Append(value);
        }

        return (StringVector)builder.Build();
    }

    /// <summary>The text of a row; for edges, not for loops.</summary>
    public string GetString(int row) => Encoding.UTF8.GetString(this[row]);

    /// <inheritdoc/>
    public override Scalar GetScalar(int row) => Scalar.Of(GetString(row));

    /// <inheritdoc/>
    public override Vector Gather(ReadOnlySpan<int> rows, BlockArrays? arrays)
    {
        if (IsConstant)
        {
            return WithLength(rows.Length);
        }

        if (Templates is not null)
        {
            return new StringVector(Templates, rows.ToArray());
        }

        if (Shared is not null)
        {
            return new StringVector(Shared, Pick(_sharedCodes!, rows, arrays), rows.Length);
        }

        if (Shaped is not null && _values is null && rows.Length < Length / FewShare)
        {
            return new StringVector(Shaped.Gather(rows));
        }

        return _codes is null
            ? new StringVector(Values.Gather(rows))
            : new StringVector(Values, Pick(_codes, rows, arrays), rows.Length) { HasDistinctEntries = HasDistinctEntries };
    }

    /// <inheritdoc/>
    public override Vector WithLength(int length) =>
        IsConstant
            ? new StringVector(Values, length)
            : throw new InvalidOperationException("only a constant can change its length");

    private static int[] Pick(int[] codes, ReadOnlySpan<int> rows, BlockArrays? arrays)
    {
        int[] picked = BlockArrays.Rent<int>(arrays, rows.Length);
        for (int row = 0; row < rows.Length; row++)
        {
            picked[row] = codes[rows[row]];
        }

        return picked;
    }

    // Apart, so that asking for values that are there is inlined.
    private Utf8Values WriteOut() => _values = Templates?.Render() ?? Shaped?.Render() ?? Shared!.Render(SharedCodes);
}
