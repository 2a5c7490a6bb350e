using Bongsu.Core.Types;
using Bongsu.Core.Vectors;
using Bongsu.Query.Functions.Kernels;

namespace Bongsu.Query.Functions.Conditional;

/// <summary>True where a value is within a distance of a centre, ends included.</summary>
internal sealed class Around() : SignedFunction("around(value:any, center:any, delta:any) -> bool")
{
    protected override ScalarKernel Create(IReadOnlyList<ScalarArgument> arguments, ScalarType[] types)
    {
        bool isTime = types[0] is ScalarType.DateTime or ScalarType.TimeSpan && types[1] == types[0] && types[2] == ScalarType.TimeSpan;
        if (isTime)
        {
            return new RowKernel<FixedVectorBuilder<bool>, OfTicks>(default, ScalarType.Bool, types);
        }

        return types.All(type => type.IsNumeric() || type == ScalarType.Dynamic)
            ? new RowKernel<FixedVectorBuilder<bool>, OfReal>(default, ScalarType.Bool, ScalarType.Real, ScalarType.Real, ScalarType.Real)
            : throw new FunctionException($"around() is not defined for {string.Join(", ", types.Select(type => type.Name()))}");
    }

    private readonly struct OfTicks : IRowOperation<FixedVectorBuilder<bool>>
    {
        public void Append(in Row row, FixedVectorBuilder<bool> output) =>
            output.Append(Int128.Abs((Int128)row.Long(0) - row.Long(1)) <= row.Long(2));
    }

    private readonly struct OfReal : IRowOperation<FixedVectorBuilder<bool>>
    {
        public void Append(in Row row, FixedVectorBuilder<bool> output) =>
            output.Append(Math.Abs(row.Real(0) - row.Real(1)) <= row.Real(2));
    }
}
