using Bongsu.Query.Functions;
using Bongsu.Query.Plan;

namespace Bongsu.Query.Kql.Binding;

/// <summary>What all of one compilation shares.</summary>
internal sealed class BindContext
{
    /// <summary>Deepest nesting of calls of functions that the query defines; they may not call themselves, but chains
    /// can grow.</summary>
    private const int MaxCallDepth = 32;

    // Calls are expanded in place, so a few functions that call each other twice could make a plan of any size.
    private const int MaxCalls = 10_000;

    // Arguments are written out wherever a function uses them.
    private const long MaxExpressionSize = 100_000;

    private readonly Dictionary<BoundExpression, long> _sizes = new(ReferenceEqualityComparer.Instance);
    private int _depth;
    private int _calls;

    public BindContext(IQueryCatalog catalog, CompileOptions options)
    {
        Catalog = catalog;
        Options = options;
        Evaluation = new EvaluationContext(options.NowTicks, CancellationToken.None);
    }

    public IQueryCatalog Catalog { get; }

    public CompileOptions Options { get; }

    /// <summary>Whether scans carry the column behind <c>ingestion_time()</c>.</summary>
    public bool NeedsIngestionTime { get; init; }

    /// <summary>For folding constants.</summary>
    public EvaluationContext Evaluation { get; }

    /// <summary>The hint of the outermost <c>render</c>.</summary>
    public Visualization? Visualization { get; set; }

    /// <summary>Refuses expressions that grow out of all proportion.</summary>
    public void Count(BoundCall call)
    {
        long size = 1;
        foreach (BoundExpression argument in call.Arguments)
        {
            size += argument is BoundLiteral ? 0 : _sizes.GetValueOrDefault(argument, 1);
        }

        _sizes[call] = size > MaxExpressionSize
            ? throw new QueryException(
                "limit",
                $"an expression has more than {MaxExpressionSize} parts",
                new TextSpan(0, 0))
            : size;
    }

    public void EnterCall(TextSpan span)
    {
        if (++_depth > MaxCallDepth || ++_calls > MaxCalls)
        {
            throw new QueryException(
                "limit",
                $"functions call each other deeper than {MaxCallDepth} or more often than {MaxCalls} times",
                span);
        }
    }

    public void LeaveCall() => _depth--;
}
