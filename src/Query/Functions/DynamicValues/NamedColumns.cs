using System.Text;
using Bongsu.Core.Dynamic;
using Bongsu.Core.Vectors;
using Bongsu.Query.Functions.Kernels;

namespace Bongsu.Query.Functions.DynamicValues;

/// <summary>Columns as a bag of name and value.</summary>
internal readonly struct NamedColumns : IRowOperation<DynamicVectorBuilder>
{
    private readonly byte[][] _names;
    private readonly bool _skipsEmpty;

    public NamedColumns(IReadOnlyList<ScalarArgument> columns, string function, bool skipsEmpty)
    {
        _skipsEmpty = skipsEmpty;
        _names = new byte[columns.Count][];
        for (int column = 0; column < _names.Length; column++)
        {
            _names[column] = Encoding.UTF8.GetBytes(columns[column].Name
                ?? throw new FunctionException($"{function}() expects columns", column));
        }
    }

    public static bool TakesNulls => true;

    public void Append(in Row row, DynamicVectorBuilder output)
    {
        DynamicWriter writer = row.Scratch.Writer;
        int first = row.Count - _names.Length;
        writer.BeginBag();
        for (int column = 0; column < _names.Length; column++)
        {
            Vector vector = row[first + column];
            bool isEmpty = vector.IsNull(row.Index) || (vector is StringVector strings && strings[row.Index].IsEmpty);
            if (!_skipsEmpty || !isEmpty)
            {
                writer.WriteKey(_names[column]);
                writer.WriteValue(vector, row.Index);
            }
        }

        writer.EndBag();
        output.Append(writer.Written);
    }
}
