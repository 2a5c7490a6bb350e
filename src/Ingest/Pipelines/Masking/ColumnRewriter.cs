using System.Buffers;
using System.Globalization;
using System.Text;
using Bongsu.Core.Dynamic;
using Bongsu.Core.Text;
using Bongsu.Core.Types;
using Bongsu.Core.Vectors;

namespace Bongsu.Ingest.Pipelines.Masking;

/// <summary>Rewrites a column of any type. Nothing of a secret stays behind, not even in a dictionary's unused
/// entry.</summary>
internal sealed class ColumnRewriter
{
    private readonly TextRewriter _rewriter;
    private readonly bool _withKeys;
    private readonly Func<string, bool>? _selects;
    private readonly ArrayBufferWriter<byte> _output = new();

    /// <param name="rewriter">What to look for.</param>
    /// <param name="withKeys">Whether keys inside dynamic values are rewritten too.</param>
    /// <param name="selects">Which dot paths inside dynamic values; null for all.</param>
    public ColumnRewriter(TextRewriter rewriter, bool withKeys, Func<string, bool>? selects = null)
    {
        _rewriter = rewriter;
        _withKeys = withKeys;
        _selects = selects;
    }

    /// <summary>Rewrites the values of a column.</summary>
    /// <param name="name">The column.</param>
    /// <param name="column">Its values.</param>
    /// <returns>The same vector where nothing was found; a number among whose rows a secret was found becomes
    /// dynamic.</returns>
    public Vector Rewrite(string name, Vector column)
    {
        switch (column)
        {
            case StringVector strings when IsSelected(name):
                return RewriteStrings(strings);
            case DynamicVector dynamics:
                return RewriteDynamics(name, dynamics);
            case FixedVector<long> when column.Type == ScalarType.Long && IsSelected(name):
            case FixedVector<int> or FixedVector<double> or FixedVector<decimal> or FixedVector<Guid> or FixedVector<bool>
                when IsSelected(name):
                return RewriteNumbers(column);
            default:
                return column;
        }
    }

    /// <summary>Rewrites one text; null where nothing was found.</summary>
    public byte[]? Rewrite(ReadOnlySpan<byte> text)
    {
        _output.ResetWrittenCount();
        return _rewriter.TryRewrite(text, _output) ? _output.WrittenSpan.ToArray() : null;
    }

    private bool IsSelected(string path) => _selects is null || _selects(path);

    private Vector RewriteStrings(StringVector strings)
    {
        if (!_rewriter.MayChange(strings.Values.Bytes))
        {
            return strings;
        }

        Utf8Values values = strings.Values;
        StringVectorBuilder? builder = null;
        for (int value = 0; value < values.Count; value++)
        {
            _output.ResetWrittenCount();
            bool isChanged = _rewriter.TryRewrite(values[value], _output);
            if (isChanged && builder is null)
            {
                builder = new StringVectorBuilder();
                for (int before = 0; before < value; before++)
                {
                    builder.Append(values[before]);
                }
            }

            builder?.Append(isChanged ? _output.WrittenSpan : values[value]);
        }

        if (builder is null)
        {
            return strings;
        }

        var rewritten = (StringVector)builder.Build();
        if (strings.IsConstant)
        {
            return StringVector.Constant(rewritten[0], strings.Length);
        }

        return strings.IsDictionary
            ? new StringVector(rewritten.Values, strings.Codes.ToArray(), strings.Length)
            : rewritten;
    }

    private Vector RewriteNumbers(Vector numbers)
    {
        DynamicVectorBuilder? builder = null;
        var writer = new DynamicWriter();
        for (int row = 0; row < numbers.Length; row++)
        {
            byte[] text = numbers.IsNull(row) ? [] : Encoding.UTF8.GetBytes(ScalarText.Format(numbers.GetScalar(row)));
            bool isSecret = text.Length > 0 && numbers is FixedVector<long> or FixedVector<double> or FixedVector<decimal> or FixedVector<int>
                ? _rewriter.IsSecretNumber(text)
                : text.Length > 0 && _rewriter is WholeRewriter;
            if (isSecret && builder is null)
            {
                builder = new DynamicVectorBuilder();
                for (int before = 0; before < row; before++)
                {
                    VectorOverlay.AppendDynamic(builder, numbers, before, writer);
                }
            }

            if (isSecret)
            {
                _output.ResetWrittenCount();
                writer.Clear();
                writer.WriteString(_rewriter.TryRewrite(text, _output) ? _output.WrittenSpan : "***"u8);
                builder!.Append(writer.Written);
            }
            else if (builder is not null)
            {
                VectorOverlay.AppendDynamic(builder, numbers, row, writer);
            }
        }

        return builder?.Build() ?? numbers;
    }

    private Vector RewriteDynamics(string name, DynamicVector dynamics)
    {
        var writer = new DynamicWriter();
        DynamicVectorBuilder? builder = null;
        for (int row = 0; row < dynamics.Length; row++)
        {
            writer.Clear();
            bool isChanged = !dynamics.IsNull(row) && Rewrite(dynamics[row], name, writer);
            if (isChanged && builder is null)
            {
                builder = new DynamicVectorBuilder();
                for (int before = 0; before < row; before++)
                {
                    builder.Append(dynamics.Values[before & dynamics.RowMask]);
                }
            }

            builder?.Append(isChanged ? writer.Written : dynamics.Values[row & dynamics.RowMask]);
        }

        return builder?.Build() ?? (Vector)dynamics;
    }

    private bool Rewrite(DynamicReader value, string path, DynamicWriter writer)
    {
        switch (value.Kind)
        {
            case DynamicKind.Bag:
                return RewriteBag(value, path, writer);
            case DynamicKind.Array:
                bool anyChanged = false;
                writer.BeginArray();
                for (int element = 0; element < value.Count; element++)
                {
                    anyChanged |= Rewrite(value.ElementAt(element), path, writer);
                }

                writer.EndArray();
                return anyChanged;
            case DynamicKind.String when IsSelected(path):
                _output.ResetWrittenCount();
                bool isChanged = _rewriter.TryRewrite(value.Utf8, _output);
                writer.WriteString(isChanged ? _output.WrittenSpan : value.Utf8);
                return isChanged;
            case DynamicKind.Long or DynamicKind.Real or DynamicKind.Decimal or DynamicKind.Guid when IsSelected(path):
                return RewriteNumber(value, writer);
            default:
                writer.WriteValue(value);
                return false;
        }
    }

    private bool RewriteNumber(DynamicReader value, DynamicWriter writer)
    {
        byte[] text = value.Kind switch
        {
            DynamicKind.Long => Encoding.ASCII.GetBytes(value.AsLong.ToString(CultureInfo.InvariantCulture)),
            DynamicKind.Real => Encoding.ASCII.GetBytes(value.AsReal.ToString("R", CultureInfo.InvariantCulture)),
            DynamicKind.Decimal => Encoding.ASCII.GetBytes(value.AsDecimal.ToString(CultureInfo.InvariantCulture)),
            _ => Encoding.ASCII.GetBytes(value.AsGuid.ToString()),
        };
        bool isSecret = value.Kind == DynamicKind.Guid ? _rewriter is WholeRewriter : _rewriter.IsSecretNumber(text);
        if (!isSecret)
        {
            writer.WriteValue(value);
            return false;
        }

        _output.ResetWrittenCount();
        writer.WriteString(_rewriter.TryRewrite(text, _output) ? _output.WrittenSpan : "***"u8);
        return true;
    }

    private bool RewriteBag(DynamicReader bag, string path, DynamicWriter writer)
    {
        bool anyChanged = false;
        var keys = new HashSet<string>(StringComparer.Ordinal);
        writer.BeginBag();
        for (int property = 0; property < bag.Count; property++)
        {
            ReadOnlySpan<byte> key = bag.KeyAt(property);
            string name = Encoding.UTF8.GetString(key);
            if (_withKeys && Rewrite(key) is { } rewritten)
            {
                anyChanged = true;
                key = rewritten;
            }

            // Two secrets may come to look alike; keys of a bag are distinct.
            string written = Encoding.UTF8.GetString(key);
            for (int copy = 2; !keys.Add(written); copy++)
            {
                written = $"{Encoding.UTF8.GetString(key)}_{copy}";
            }

            writer.WriteKey(Encoding.UTF8.GetBytes(written));
            anyChanged |= Rewrite(bag.ValueAt(property), $"{path}.{name}", writer);
        }

        writer.EndBag();
        return anyChanged;
    }
}
