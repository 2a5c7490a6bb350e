using Bongsu.Core.Dynamic;
using Bongsu.Core.Types;
using Bongsu.Core.Vectors;
using Bongsu.Query.Functions.Kernels;

namespace Bongsu.Query.Functions.DynamicValues;

/// <summary>A bag of names and values by turns; of repeated names the first counts.</summary>
internal sealed class BagPack() : SignedFunction(
    "bag_pack(key:string, value:any+) -> dynamic", "pack", "pack_dictionary")
{
    protected override ScalarKernel Create(IReadOnlyList<ScalarArgument> arguments, ScalarType[] types)
    {
        if (types.Length % 2 != 0)
        {
            throw new FunctionException($"bag_pack() takes pairs of key and value, got {types.Length} arguments");
        }

        for (int argument = 0; argument < types.Length; argument += 2)
        {
            if (types[argument] is not (ScalarType.String or ScalarType.Dynamic))
            {
                throw new FunctionException($"bag_pack() expects a string as key, got {types[argument].Name()}", argument);
            }

            types[argument] = ScalarType.String;
        }

        return new RowKernel<DynamicVectorBuilder, Operation>(default, ScalarType.Dynamic, types);
    }

    private readonly struct Operation : IRowOperation<DynamicVectorBuilder>
    {
        public static bool TakesNulls => true;

        public void Append(in Row row, DynamicVectorBuilder output)
        {
            DynamicWriter writer = row.Scratch.Writer;
            writer.BeginBag();
            for (int argument = 0; argument < row.Count; argument += 2)
            {
                if (IsFirst(row, argument))
                {
                    writer.WriteKey(row.Text(argument));
                    writer.WriteValue(row[argument + 1], row.Index);
                }
            }

            writer.EndBag();
            output.Append(writer.Written);
        }

        private static bool IsFirst(in Row row, int argument)
        {
            for (int earlier = 0; earlier < argument; earlier += 2)
            {
                if (row.Text(earlier).SequenceEqual(row.Text(argument)))
                {
                    return false;
                }
            }

            return true;
        }
    }
}
