using Bongsu.Core.Types;
using Bongsu.Core.Vectors;
using Bongsu.Query.Functions.Kernels;

namespace Bongsu.Query.Functions.Conditional;

/// <summary><c>max_of</c> and <c>min_of</c>: the largest or least of the arguments that are not null.</summary>
internal abstract class OrderedPick : SignedFunction
{
    private readonly bool _isMax;

    protected OrderedPick(string name, bool isMax)
        : base($"{name}(values:any+) -> any")
    {
        _isMax = isMax;
    }

    protected override ScalarKernel Create(IReadOnlyList<ScalarArgument> arguments, ScalarType[] types)
    {
        ScalarType common = Branches.CommonType(Name, types);
        Array.Fill(types, common);
        return common switch
        {
            ScalarType.Bool => new Kernel<bool>(_isMax, common, types),
            ScalarType.Int => new Kernel<int>(_isMax, common, types),
            ScalarType.Real => new Kernel<double>(_isMax, common, types),
            ScalarType.Decimal => new Kernel<decimal>(_isMax, common, types),
            ScalarType.String => new RowKernel<StringVectorBuilder, OfText>(new OfText(_isMax), common, types),
            ScalarType.Long or ScalarType.DateTime or ScalarType.TimeSpan => new Kernel<long>(_isMax, common, types),
            _ => throw new FunctionException($"{Name}() expects values that have an order, got {common.Name()}", 0),
        };
    }

    private sealed class Kernel<T>(bool isMax, ScalarType type, ScalarType[] types) : ElementwiseKernel(type, types)
        where T : unmanaged, IComparable<T>
    {
        protected override Vector EvaluateRows(ReadOnlySpan<Vector> arguments, int rowCount, EvaluationContext context)
        {
            var output = new FixedVectorBuilder<T>(ResultType);
            for (int row = 0; row < rowCount; row++)
            {
                T best = default;
                bool isFound = false;
                foreach (Vector argument in arguments)
                {
                    T value = ((FixedVector<T>)argument)[row];
                    if (!argument.IsNull(row) && (!isFound || (value.CompareTo(best) > 0) == isMax))
                    {
                        best = value;
                        isFound = true;
                    }
                }

                if (isFound)
                {
                    output.Append(best);
                }
                else
                {
                    output.AppendNull();
                }
            }

            return output.Build();
        }
    }

    private readonly struct OfText(bool isMax) : IRowOperation<StringVectorBuilder>
    {
        public void Append(in Row row, StringVectorBuilder output)
        {
            ReadOnlySpan<byte> best = row.Text(0);
            for (int argument = 1; argument < row.Count; argument++)
            {
                ReadOnlySpan<byte> value = row.Text(argument);
                best = value.SequenceCompareTo(best) > 0 == isMax ? value : best;
            }

            output.Append(best);
        }
    }
}
