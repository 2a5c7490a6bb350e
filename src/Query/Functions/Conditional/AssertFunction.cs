using System.Text;
using Bongsu.Core.Vectors;
using Bongsu.Query.Functions.Kernels;

namespace Bongsu.Query.Functions.Conditional;

/// <summary>True, or an error that stops the query.</summary>
internal sealed class AssertFunction() : RowFunction<FixedVectorBuilder<bool>, AssertFunction.Operation>(
    "assert(predicate:bool, message:string) -> bool")
{
    internal readonly struct Operation : IRowOperation<FixedVectorBuilder<bool>>
    {
        public static bool TakesNulls => true;

        public void Append(in Row row, FixedVectorBuilder<bool> output)
        {
            if (row.IsNull(0) || !row.Bool(0))
            {
                throw new FunctionException($"assertion failed: {Encoding.UTF8.GetString(row.Text(1))}");
            }

            output.Append(true);
        }
    }
}
