using Bongsu.Core.Vectors;
using Bongsu.Query.Functions.Kernels;

namespace Bongsu.Query.Functions.Casts;

/// <summary>Text to a value; what cannot be read becomes null.</summary>
internal readonly struct ParseText<T, TParser> : IRowOperation<FixedVectorBuilder<T>>
    where T : unmanaged
    where TParser : struct, IValueParser<T>
{
    public void Append(in Row row, FixedVectorBuilder<T> output)
    {
        if (TParser.TryParse(row.Text(0), out T value))
        {
            output.Append(value);
        }
        else
        {
            output.AppendNull();
        }
    }
}
