using Bongsu.Core.Vectors;
using Bongsu.Query.Functions.Kernels;

namespace Bongsu.Query.Functions.Text;

/// <summary>Lower case.</summary>
internal sealed class ToLower() : RowFunction<StringVectorBuilder, ToLower.Operation>("tolower(value:text) -> string")
{
    internal readonly struct Operation : IRowOperation<StringVectorBuilder>
    {
        public void Append(in Row row, StringVectorBuilder output) => CaseMapping.Append(row.Text(0), toUpper: false, output);
    }
}
