using Bongsu.Core.Types;
using Bongsu.Core.Vectors;
using Bongsu.Query.Functions;
using Bongsu.Query.Functions.Casts;

namespace Bongsu.Query.Kql.Patterns;

/// <summary>Where the captures of each row lie in its text, and the columns made of them.</summary>
internal sealed class CaptureColumns
{
    private readonly IReadOnlyList<ScalarType> _types;
    private readonly int _rowCount;
    private readonly int[] _starts;
    private readonly int[] _lengths;

    public CaptureColumns(IReadOnlyList<ScalarType> types, int rowCount)
    {
        _types = types;
        _rowCount = rowCount;
        _starts = new int[types.Count * rowCount];
        _lengths = new int[types.Count * rowCount];
    }

    /// <summary>Says where a capture lies, in bytes.</summary>
    public void Set(int row, int capture, int start, int length)
    {
        _starts[(capture * _rowCount) + row] = start;
        _lengths[(capture * _rowCount) + row] = length;
    }

    /// <summary>Converts captures to their types.</summary>
    /// <param name="text">The texts.</param>
    /// <param name="matched">Rows that fit the pattern; those with a value that does not convert are taken out unless
    /// relaxed.</param>
    /// <param name="isRelaxed">A value that does not convert is null, and its row has matched.</param>
    public Vector[] Build(StringVector text, Bitmap matched, bool isRelaxed)
    {
        var columns = new Vector[_types.Count];
        for (int capture = 0; capture < columns.Length; capture++)
        {
            columns[capture] = Convert(Texts(text, matched, capture), _types[capture]);
            if (!isRelaxed && _types[capture] != ScalarType.String)
            {
                TakeOutNulls(columns[capture], matched);
            }
        }

        for (int capture = 0; capture < columns.Length && !isRelaxed; capture++)
        {
            columns[capture] = Blank(columns[capture], matched);
        }

        return columns;
    }

    private Vector Texts(StringVector text, Bitmap matched, int capture)
    {
        var builder = new StringVectorBuilder();
        for (int row = 0; row < _rowCount; row++)
        {
            int slot = (capture * _rowCount) + row;
            builder.Append(matched[row] ? text[row].Slice(_starts[slot], _lengths[slot]) : default);
        }

        return builder.Build();
    }

    private Vector Convert(Vector texts, ScalarType type)
    {
        ScalarKernel? kernel = type == ScalarType.Dynamic
            ? FunctionRegistry.FindScalar("parse_json")?.Bind([new ScalarArgument(ScalarType.String, null, null)])
            : Cast.Find(ScalarType.String, type);
        return type == ScalarType.String ? texts
            : kernel is null ? Vector.Nulls(type, _rowCount)
            : kernel.Evaluate([texts], _rowCount, new EvaluationContext(0, CancellationToken.None));
    }

    private static void TakeOutNulls(Vector column, Bitmap matched)
    {
        for (int row = 0; column.HasNulls && row < column.Length; row++)
        {
            if (column.IsNull(row))
            {
                matched[row] = false;
            }
        }
    }

    private static Vector Blank(Vector column, Bitmap matched)
    {
        if (matched.CountSet() == column.Length)
        {
            return column;
        }

        var builder = VectorBuilder.Create(column.Type);
        for (int row = 0; row < column.Length; row++)
        {
            if (matched[row])
            {
                builder.AppendRow(column, row);
            }
            else
            {
                builder.AppendNull();
            }
        }

        return builder.Build();
    }
}
