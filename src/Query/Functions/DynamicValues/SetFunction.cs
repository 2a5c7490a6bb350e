using Bongsu.Core.Dynamic;
using Bongsu.Core.Types;
using Bongsu.Core.Vectors;
using Bongsu.Query.Functions.Kernels;

namespace Bongsu.Query.Functions.DynamicValues;

/// <summary>A function of several arrays taken as sets, with an array of distinct elements as result; null where one is
/// no array.</summary>
internal abstract class SetFunction<TRule> : SignedFunction
    where TRule : struct, ISetRule
{
    protected SetFunction(string name)
        : base($"{name}(sets:dynamic+) -> dynamic")
    {
    }

    protected override ScalarKernel Create(IReadOnlyList<ScalarArgument> arguments, ScalarType[] types) =>
        new RowKernel<DynamicVectorBuilder, Operation>(default, ScalarType.Dynamic, types);

    private readonly struct Operation : IRowOperation<DynamicVectorBuilder>
    {
        public void Append(in Row row, DynamicVectorBuilder output)
        {
            var sets = new DynamicSet[row.Count];
            for (int argument = 0; argument < row.Count; argument++)
            {
                if (row.Dynamic(argument).Kind != DynamicKind.Array)
                {
                    output.AppendNull();
                    return;
                }

                sets[argument] = DynamicSet.Of(row.Dynamic(argument));
            }

            DynamicWriter writer = row.Scratch.Writer;
            writer.BeginArray();
            foreach (byte[] value in TRule.Combine(sets))
            {
                writer.WriteValue(new DynamicReader(value));
            }

            writer.EndArray();
            output.Append(writer.Written);
        }
    }
}
