using Bongsu.Core.Dynamic;
using Bongsu.Core.Types;
using Bongsu.Core.Vectors;
using Bongsu.Query.Functions.Casts;
using Bongsu.Query.Functions.Kernels;

namespace Bongsu.Query.Functions.DynamicValues;

/// <summary>
/// Element by element one of two values by an array of conditions (bools, or numbers that are zero or not); other
/// conditions give
/// null.
/// </summary>
internal sealed class ArrayIff() : SignedFunction(
    "array_iff(conditions:dynamic, when_true:any, when_false:any) -> dynamic", "array_iif")
{
    protected override ScalarKernel Create(IReadOnlyList<ScalarArgument> arguments, ScalarType[] types) =>
        new RowKernel<DynamicVectorBuilder, Operation>(default, ScalarType.Dynamic, ScalarType.Dynamic, ScalarType.Dynamic, ScalarType.Dynamic);

    private readonly struct Operation : IRowOperation<DynamicVectorBuilder>
    {
        public static bool TakesNulls => true;

        public void Append(in Row row, DynamicVectorBuilder output)
        {
            DynamicReader conditions = row.Dynamic(0);
            if (conditions.Kind != DynamicKind.Array)
            {
                output.AppendNull();
                return;
            }

            DynamicWriter writer = row.Scratch.Writer;
            writer.BeginArray();
            for (int index = 0; index < conditions.Count; index++)
            {
                DynamicReader condition = conditions.ElementAt(index);
                if (!BoolParser.TryConvert(condition, out bool isTrue))
                {
                    writer.WriteNull();
                    continue;
                }

                DynamicReader source = row.Dynamic(isTrue ? 1 : 2);
                writer.WriteValue(source.Kind != DynamicKind.Array ? source
                    : index < source.Count ? source.ElementAt(index)
                    : default);
            }

            writer.EndArray();
            output.Append(writer.Written);
        }
    }
}
