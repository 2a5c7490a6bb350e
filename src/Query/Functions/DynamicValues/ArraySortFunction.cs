using Bongsu.Core.Dynamic;
using Bongsu.Core.Types;
using Bongsu.Core.Vectors;
using Bongsu.Query.Functions.Kernels;

namespace Bongsu.Query.Functions.DynamicValues;

/// <summary>Sorts the first array, and further arrays along with it; of several an array of arrays comes
/// back.</summary>
/// <remarks>
/// Numbers before texts, then the rest; nulls last, or first on demand. Arrays of another length than the first become
/// null.
/// </remarks>
internal abstract class ArraySortFunction : SignedFunction
{
    private readonly bool _isDescending;

    protected ArraySortFunction(string name, bool isDescending)
        : base($"{name}(array:dynamic, more:any*) -> dynamic")
    {
        _isDescending = isDescending;
    }

    protected override ScalarKernel Create(IReadOnlyList<ScalarArgument> arguments, ScalarType[] types)
    {
        bool nullsLast = true;
        int arrays = types.Length;
        if (types[^1] == ScalarType.Bool)
        {
            nullsLast = arguments[^1].Constant?.Value is not false;
            arrays--;
        }

        for (int argument = 1; argument < arrays; argument++)
        {
            if (types[argument] != ScalarType.Dynamic)
            {
                throw new FunctionException($"{Name}() expects a dynamic array, got {types[argument].Name()}", argument);
            }
        }

        return new RowKernel<DynamicVectorBuilder, Operation>(new Operation(_isDescending, nullsLast, arrays), ScalarType.Dynamic, types);
    }

    private readonly struct Operation(bool isDescending, bool nullsLast, int arrays) : IRowOperation<DynamicVectorBuilder>
    {
        public static bool TakesNulls => true;

        public void Append(in Row row, DynamicVectorBuilder output)
        {
            DynamicReader keys = row.Dynamic(0);
            if (keys.Kind != DynamicKind.Array)
            {
                output.AppendNull();
                return;
            }

            int[] order = Order(keys.Bytes.ToArray());
            DynamicWriter writer = row.Scratch.Writer;
            if (arrays == 1)
            {
                WriteOrdered(keys, order, writer);
            }
            else
            {
                writer.BeginArray();
                for (int argument = 0; argument < arrays; argument++)
                {
                    WriteOrdered(row.Dynamic(argument), order, writer);
                }

                writer.EndArray();
            }

            output.Append(writer.Written);
        }

        private static void WriteOrdered(DynamicReader array, int[] order, DynamicWriter writer)
        {
            if (array.Kind != DynamicKind.Array || array.Count != order.Length)
            {
                writer.WriteNull();
                return;
            }

            writer.BeginArray();
            foreach (int index in order)
            {
                writer.WriteValue(array.ElementAt(index));
            }

            writer.EndArray();
        }

        private static int Rank(DynamicKind kind) => kind switch
        {
            DynamicKind.Null => 9,
            DynamicKind.Long or DynamicKind.Real or DynamicKind.Decimal => 0,
            DynamicKind.DateTime => 1,
            DynamicKind.TimeSpan => 2,
            DynamicKind.String => 3,
            DynamicKind.False or DynamicKind.True => 4,
            _ => 5,
        };

        private int[] Order(byte[] keys)
        {
            int[] order = Enumerable.Range(0, new DynamicReader(keys).Count).ToArray();
            bool descending = isDescending;
            bool isNullLast = nullsLast;
            Array.Sort(order, (left, right) => Compare(keys, left, right, descending, isNullLast));
            return order;
        }

        private static int Compare(byte[] keys, int left, int right, bool descending, bool isNullLast)
        {
            DynamicReader first = new DynamicReader(keys).ElementAt(left);
            DynamicReader second = new DynamicReader(keys).ElementAt(right);
            int order = Rank(first.Kind) - Rank(second.Kind);
            if (order != 0)
            {
                bool isNull = first.IsNull || second.IsNull;
                return isNull && !isNullLast ? -order : order;
            }

            order = DynamicOrder.Compare(first, second) ?? 0;
            return order == 0 ? left - right : descending ? -order : order;
        }
    }
}
