using Bongsu.Core.Types;
using Bongsu.Core.Vectors;
using Bongsu.Query.Execution;
using Bongsu.Query.Functions;
using Bongsu.Query.Plan;
using Bongsu.Store.Scan;

namespace Bongsu.Query.Operators.Scanning;

/// <summary>
/// Runs a predicate of one string column on the block's dictionary, where there is a small one: no entry, no row.
/// </summary>
internal sealed class DictionaryTest : BlockTest
{
    private readonly string _column;
    private readonly ExpressionEvaluator _evaluator;
    private readonly EvaluationContext _context;

    private DictionaryTest(string column, ExpressionEvaluator evaluator, EvaluationContext context)
    {
        _column = column;
        _evaluator = evaluator;
        _context = context;
    }

    /// <summary>A test, or null where the predicate reads anything but one string column.</summary>
    public static DictionaryTest? TryCreate(BoundCall predicate, EvaluationContext context)
    {
        string? column = null;
        return TryRebase(predicate, ref column) is { } rebased && column is not null
            ? new DictionaryTest(column, new ExpressionEvaluator(rebased), context)
            : null;
    }

    public override bool MayMatch(BlockSummary block)
    {
        if (block.Column(_column).Dictionary is not { } dictionary)
        {
            return true;
        }

        var truth = (FixedVector<bool>)_evaluator.Evaluate([new StringVector(dictionary)], dictionary.Count, _context);
        for (int entry = 0; entry < truth.Length; entry++)
        {
            if (truth[entry] && !truth.IsNull(entry))
            {
                return true;
            }
        }

        return false;
    }

    private static BoundExpression? TryRebase(BoundExpression expression, ref string? column)
    {
        switch (expression)
        {
            case BoundLiteral:
                return expression;
            case BoundColumn { Type: ScalarType.String } own when column is null || column == own.Name:
                column = own.Name;
                return own with { Index = 0 };
            case BoundCall { Kernel: { IsDeterministic: true, IsWindow: false } } call:
                var arguments = new BoundExpression[call.Arguments.Count];
                for (int argument = 0; argument < arguments.Length; argument++)
                {
                    if (TryRebase(call.Arguments[argument], ref column) is not { } rebased)
                    {
                        return null;
                    }

                    arguments[argument] = rebased;
                }

                return call with { Arguments = arguments };
            default:
                return null;
        }
    }
}
