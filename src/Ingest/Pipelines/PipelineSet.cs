using System.Collections.Concurrent;
using Bongsu.Core.Batches;

namespace Bongsu.Ingest.Pipelines;

/// <summary>All pipelines in force. Immutable, but for what it remembers of table names.</summary>
internal sealed class PipelineSet
{
    private const int MaxRememberedTables = 10_000;

    private readonly IReadOnlyList<Pipeline> _pipelines;
    private readonly ConcurrentDictionary<string, Processor[]> _byTable = new(StringComparer.Ordinal);

    /// <param name="pipelines">In order of their files; those for all tables run first.</param>
    public PipelineSet(IReadOnlyList<Pipeline> pipelines)
    {
        _pipelines = pipelines;
    }

    /// <summary>No pipelines.</summary>
    public static PipelineSet Empty { get; } = new([]);

    /// <summary>Pipelines.</summary>
    public int Count => _pipelines.Count;

    /// <summary>Runs a table's steps over a batch.</summary>
    public PipelineResult Apply(string table, Batch batch)
    {
        Processor[] processors = Find(table);
        if (processors.Length == 0 || batch.RowCount == 0)
        {
            return new PipelineResult(batch);
        }

        var working = new PipelineBatch(batch);
        foreach (Processor processor in processors)
        {
            processor.Apply(working);
            if (working.RowCount == 0)
            {
                break;
            }
        }

        return working.Build();
    }

    private Processor[] Find(string table)
    {
        if (_pipelines.Count == 0)
        {
            return [];
        }

        if (_byTable.TryGetValue(table, out Processor[]? known))
        {
            return known;
        }

        Processor[] found =
        [
            .. _pipelines.Where(pipeline => pipeline.IsForAll).SelectMany(pipeline => pipeline.Processors),
            .. _pipelines.Where(pipeline => !pipeline.IsForAll && pipeline.Tables.Contains(table)).SelectMany(pipeline => pipeline.Processors),
        ];
        if (_byTable.Count < MaxRememberedTables)
        {
            _byTable[table] = found;
        }

        return found;
    }
}
