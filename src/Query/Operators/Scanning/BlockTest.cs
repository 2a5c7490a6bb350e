using Bongsu.Query.Functions;
using Bongsu.Query.Plan;
using Bongsu.Store.Scan;

namespace Bongsu.Query.Operators.Scanning;

/// <summary>Whether any row of a block can meet a predicate, by the block's summary alone. Thread-safe.</summary>
internal abstract class BlockTest
{
    /// <summary>Rules nothing out.</summary>
    public static BlockTest Always { get; } = new AlwaysTest();

    /// <summary>False only where no row can meet the predicate.</summary>
    public abstract bool MayMatch(BlockSummary block);

    /// <summary>The test of a predicate.</summary>
    public static BlockTest Of(BoundExpression predicate, EvaluationContext context) => BlockTestBuilder.Build(predicate, context);

    private sealed class AlwaysTest : BlockTest
    {
        public override bool MayMatch(BlockSummary block) => true;
    }
}
