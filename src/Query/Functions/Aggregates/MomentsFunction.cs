using Bongsu.Core.Types;
using Bongsu.Query.Functions.Aggregates.States;

namespace Bongsu.Query.Functions.Aggregates;

/// <summary>What variance, standard deviation and covariance share: numbers to real.</summary>
internal abstract class MomentsFunction : AggregateFunction
{
    /// <summary>What is computed.</summary>
    protected abstract MomentsKind Kind { get; }

    /// <summary>1, or 2 for covariance.</summary>
    protected virtual int VariableCount => 1;

    public override AggregateKernel Bind(IReadOnlyList<ScalarArgument> arguments)
    {
        AggregateArguments.RequireCount(Name, arguments, VariableCount, VariableCount);
        for (int argument = 0; argument < arguments.Count; argument++)
        {
            if (!arguments[argument].Type.IsNumeric() && arguments[argument].Type != ScalarType.Dynamic)
            {
                throw AggregateArguments.WrongType(Name, "a number", arguments[argument], argument);
            }
        }

        MomentsKind kind = Kind;
        ScalarType[] types = arguments.Select(_ => ScalarType.Real).ToArray();
        return new StateKernel(
            AggregateArguments.DefaultName(Name, arguments), ScalarType.Real, () => new MomentsState(kind), types);
    }
}
