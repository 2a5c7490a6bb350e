using Bongsu.Core.Types;
using Bongsu.Query.Functions.Aggregates.States;

namespace Bongsu.Query.Functions.Aggregates;

/// <summary><c>make_bag(x, maxSize)</c>: one bag of all properties; of a repeated key the first value.</summary>
internal sealed class MakeBagFunction : CollectFunction
{
    public override string Name => "make_bag";

    public override IReadOnlyList<string> Aliases => ["make_dictionary"];

    protected override string NamePrefix => "bag";

    protected override void RequireType(ScalarArgument argument)
    {
        if (argument.Type != ScalarType.Dynamic)
        {
            throw AggregateArguments.WrongType(Name, "a dynamic bag", argument, 0);
        }
    }

    protected override AggregateState CreateState(ScalarType type, long maxSize) => new BagState(maxSize);
}
