using Bongsu.Core.Dynamic;
using Bongsu.Core.Types;
using Bongsu.Core.Vectors;
using Bongsu.Query.Functions.Casts;
using Bongsu.Query.Functions.Kernels;

namespace Bongsu.Query.Functions.DynamicValues;

/// <summary>
/// An array cut before an index, or before each of several, into an array of arrays; negative indexes count from the
/// end.
/// </summary>
internal sealed class ArraySplit() : SignedFunction("array_split(array:dynamic, indexes:any) -> dynamic")
{
    protected override ScalarKernel Create(IReadOnlyList<ScalarArgument> arguments, ScalarType[] types) =>
        types[1].IsInteger() || types[1] == ScalarType.Dynamic
            ? new RowKernel<DynamicVectorBuilder, Operation>(default, ScalarType.Dynamic, ScalarType.Dynamic, ScalarType.Dynamic)
            : throw new FunctionException($"array_split() expects a long or an array of them, got {types[1].Name()}", 1);

    private readonly struct Operation : IRowOperation<DynamicVectorBuilder>
    {
        public void Append(in Row row, DynamicVectorBuilder output)
        {
            DynamicReader array = row.Dynamic(0);
            DynamicReader cuts = row.Dynamic(1);
            if (array.Kind != DynamicKind.Array)
            {
                output.AppendNull();
                return;
            }

            int count = array.Count;
            int cutCount = cuts.Kind == DynamicKind.Array ? cuts.Count : 1;
            int from = 0;
            DynamicWriter writer = row.Scratch.Writer;
            writer.BeginArray();
            for (int cut = 0; cut <= cutCount; cut++)
            {
                int to = cut == cutCount ? count : Position(cuts.Kind == DynamicKind.Array ? cuts.ElementAt(cut) : cuts, count);
                writer.BeginArray();
                for (int index = from; index < to; index++)
                {
                    writer.WriteValue(array.ElementAt(index));
                }

                writer.EndArray();
                from = Math.Max(from, to);
            }

            writer.EndArray();
            output.Append(writer.Written);
        }

        private static int Position(DynamicReader cut, int count)
        {
            LongParser.TryConvert(cut, out long index);
            return (int)Math.Clamp(index < 0 ? count + index : index, 0, count);
        }
    }
}
