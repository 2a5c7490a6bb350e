using Bongsu.Core.Vectors;
using Bongsu.Query.Functions.Kernels;

namespace Bongsu.Query.Functions.Text;

/// <summary>Upper case.</summary>
internal sealed class ToUpper() : RowFunction<StringVectorBuilder, ToUpper.Operation>("toupper(value:text) -> string")
{
    internal readonly struct Operation : IRowOperation<StringVectorBuilder>
    {
        public void Append(in Row row, StringVectorBuilder output) => CaseMapping.Append(row.Text(0), toUpper: true, output);
    }
}
