using Bongsu.Core.Dynamic;
using Bongsu.Core.Types;
using Bongsu.Core.Vectors;
using Bongsu.Query.Functions.Kernels;

namespace Bongsu.Query.Functions.DynamicValues;

/// <summary>An array of a value several times over.</summary>
internal sealed class Repeat() : SignedFunction("repeat(value:any, count:long) -> dynamic")
{
    /// <summary>The limit of elements of an array, as of <c>range()</c>.</summary>
    private const long MaxCount = 1 << 20;

    protected override ScalarKernel Create(IReadOnlyList<ScalarArgument> arguments, ScalarType[] types) =>
        new RowKernel<DynamicVectorBuilder, Operation>(default, ScalarType.Dynamic, types);

    private readonly struct Operation : IRowOperation<DynamicVectorBuilder>
    {
        public static bool TakesNulls => true;

        public void Append(in Row row, DynamicVectorBuilder output)
        {
            if (row.IsNull(1) || row.Long(1) < 0)
            {
                output.AppendNull();
                return;
            }

            DynamicWriter writer = row.Scratch.Writer;
            writer.BeginArray();
            for (long index = Math.Min(row.Long(1), MaxCount); index > 0; index--)
            {
                writer.WriteValue(row[0], row.Index);
            }

            writer.EndArray();
            output.Append(writer.Written);
        }
    }
}
