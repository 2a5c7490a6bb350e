using Bongsu.Query.Functions;

namespace Bongsu.Query.Execution;

/// <summary>What the operators of one running query share. Thread-safe.</summary>
internal sealed class QueryRun
{
    /// <summary>Rows of a batch that an operator makes: a block of the store.</summary>
    public const int DefaultBatchRows = 65536;

    public QueryRun(EvaluationContext evaluation, ITableSource source, QueryLimits limits)
    {
        Evaluation = evaluation;
        Limits = limits;
        Source = source;
        Memory = new MemoryBudget(limits.MaxMemoryBytes);
    }

    /// <summary>For kernels.</summary>
    public EvaluationContext Evaluation { get; }

    /// <summary>What the query may use.</summary>
    public QueryLimits Limits { get; }

    /// <summary>What the query did.</summary>
    public QueryStatistics Statistics { get; } = new();

    /// <summary>The tables.</summary>
    public ITableSource Source { get; }

    /// <summary>Checked once per batch.</summary>
    public CancellationToken Cancellation => Evaluation.Cancellation;

    /// <summary>Counts what operators hold.</summary>
    public MemoryBudget Memory { get; }

    /// <summary>Most rows of a batch that an operator makes; tests make it small.</summary>
    public int BatchRows { get; init; } = DefaultBatchRows;

    /// <summary>An account for one owner.</summary>
    public MemoryAccount OpenAccount(string operatorName) => new(Memory, operatorName);
}
