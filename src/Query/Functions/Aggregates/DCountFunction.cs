using Bongsu.Core.Types;
using Bongsu.Query.Functions.Aggregates.States;

namespace Bongsu.Query.Functions.Aggregates;

/// <summary>
/// <c>dcount(x, accuracy)</c>: about the number of distinct values that are not null; exact while they are few.
/// </summary>
internal sealed class DCountFunction : AggregateFunction
{
    // Index bits by accuracy, for the documented errors of 1.6, 0.8, 0.4, 0.28 and 0.2 per cent.
    private static readonly int[] s_indexBits = [12, 14, 16, 17, 18];

    public override string Name => "dcount";

    public override AggregateKernel Bind(IReadOnlyList<ScalarArgument> arguments)
    {
        AggregateArguments.RequireCount(Name, arguments, 1, 2);
        long accuracy = arguments.Count > 1 ? AggregateArguments.Integer(Name, arguments, 1) : 1;
        if (accuracy is < 0 or > 4)
        {
            throw new FunctionException($"dcount() expects an accuracy from 0 to 4, got {accuracy}", 1);
        }

        int indexBits = s_indexBits[accuracy];
        return new StateKernel(
            AggregateArguments.DefaultName(Name, arguments),
            ScalarType.Long,
            () => new SketchState(indexBits),
            arguments[0].Type);
    }
}
