using Bongsu.Core.Batches;
using Bongsu.Core.Vectors;
using Bongsu.Stream.Plans;

namespace Bongsu.Stream.Windows;

/// <summary>Windows of aggregates: slots by time, each window a merge of some. One owner.</summary>
internal sealed class AggregateWindows : WindowState
{
    private readonly StreamPlan _plan;
    private readonly RowStages _stages;
    private readonly WindowSpec _windows;
    private readonly bool _comparesBefore;
    private readonly int _maxKeys;
    private readonly SlotStore _slots;
    private Batch? _emptyResult;
    private Batch? _values;
    private int _keyCount;
    private bool _isEstimate;

    /// <summary>Windows without rows.</summary>
    /// <param name="plan">What is computed.</param>
    /// <param name="stages">Its row part.</param>
    /// <param name="windows">The windows.</param>
    /// <param name="comparesBefore">True where each window is compared to the one before it.</param>
    /// <param name="maxKeys">Most keys in a slot.</param>
    public AggregateWindows(StreamPlan plan, RowStages stages, WindowSpec windows, bool comparesBefore, int maxKeys)
    {
        _plan = plan;
        _stages = stages;
        _windows = windows;
        _comparesBefore = comparesBefore;
        _maxKeys = maxKeys;
        _slots = new SlotStore(plan, windows);
    }

    /// <summary>True where <see cref="Values"/> is wanted.</summary>
    public bool TellsValues { get; init; }

    /// <inheritdoc/>
    public override Batch? Values => _values;

    /// <inheritdoc/>
    public override bool IsMonotone => _plan.IsMonotone && !_comparesBefore;

    /// <inheritdoc/>
    public override bool TellsOfNothing => _plan.KeyTypes.Count == 0 && !_plan.CountsRows;

    /// <inheritdoc/>
    public override long SizeBytes => _slots.SizeBytes;

    /// <inheritdoc/>
    public override int KeyCount => _keyCount;

    /// <inheritdoc/>
    public override bool IsEstimate => _isEstimate;

    /// <inheritdoc/>
    public override long ReachTicks => _comparesBefore ? _windows.WindowTicks : 0;

    /// <inheritdoc/>
    public override (long First, long Last) EndsOf(long slotTicks, long evaluatedEnd) =>
        (_windows.FirstEndOf(slotTicks), _windows.LastEndOf(slotTicks) + ReachTicks);

    /// <inheritdoc/>
    public override int Add(long slotTicks, Batch rows) =>
        _slots.GetOrAdd(slotTicks).Add(_stages.Keys(rows), _stages.Arguments(rows), rows.RowCount, _maxKeys);

    /// <inheritdoc/>
    public override Batch Compute(long endTicks)
    {
        Slot? window = _slots.Window(endTicks);
        _keyCount = window is null || _plan.KeyTypes.Count == 0 ? 0 : window.KeyCount;
        _values = null;
        _isEstimate = false;
        if (window is null && !TellsOfNothing)
        {
            return Batch.Empty(_plan.ResultSchema);
        }

        if (window is not null)
        {
            return Finish(window);
        }

        return _emptyResult ??= Finish(new Slot(_plan));
    }

    /// <inheritdoc/>
    public override long NextSlot(long ticks)
    {
        long slot = _slots.FirstFrom(ticks - ReachTicks);
        return slot == long.MaxValue ? slot : Math.Max(slot, ticks);
    }

    /// <inheritdoc/>
    public override void RemoveBefore(long slotTicks) => _slots.RemoveBefore(slotTicks);

    /// <inheritdoc/>
    public override void Write(BinaryWriter writer) => _slots.Write(writer);

    /// <inheritdoc/>
    public override void Read(BinaryReader reader) => _slots.Read(reader);

    private Batch Finish(Slot window)
    {
        Vector[] aggregates = window.Finish(out int rowCount);
        _isEstimate = window.IsEstimate;
        var batch = new Batch(_plan.AggregateSchema, aggregates, rowCount);
        _values = TellsValues ? _plan.FinishWithoutCondition(batch) : null;
        return _plan.Finish(batch);
    }
}
