using Bongsu.Core.Batches;
using Bongsu.Core.Types;

namespace Bongsu.Stream.Events;

/// <summary>Detects <see cref="SequenceSpec"/>.</summary>
/// <remarks>
/// Of several rows that could begin a match the latest does, so what lies close together is found however much lies
/// before it. A match consumes the rows of its key up to then: the next one needs new rows. Rows between steps do not
/// matter. A row is of one step only, the furthest it can take part in. Where the last step must not come, the key
/// fires when its time is over; one row of that step answers all that wait for it.
/// </remarks>
internal sealed class SequenceDetector : Detector
{
    // Bits of a mark.
    private const int MaxSteps = 30;

    // A time per row of a match is kept for each key.
    private const int MaxRows = 10_000;

    private readonly SequenceSpec _spec;
    private readonly int[] _columns;

    public SequenceDetector(SequenceSpec spec, Schema rows)
        : base(spec, rows)
    {
        Steps = [.. spec.Steps.TakeWhile(step => !step.IsAbsent)];
        Require(spec.Steps.Count >= 2 && spec.Steps.Count <= MaxSteps, $"a sequence has 2 to {MaxSteps} steps");
        Require(Steps.Count >= spec.Steps.Count - 1, "only the last step of a sequence can be absent");
        Require(Steps.Sum(step => (long)step.Count) <= MaxRows, $"the counts of a sequence's steps are at most {MaxRows} together");
        _spec = spec;
        _columns = [.. spec.Steps.Select(step => BoolColumn(rows, step.Column))];
        StepOfRow = [.. Steps.SelectMany((step, index) => Enumerable.Repeat(index, step.Count))];
        ValueColumns = Named(
        [
            ("first", ScalarType.DateTime), ("last", ScalarType.DateTime),
            .. Steps.Select((_, index) => ($"step{index + 1}", ScalarType.Long)),
        ]);
    }

    /// <summary>Steps that must come.</summary>
    public IReadOnlyList<SequenceStep> Steps { get; }

    /// <summary>For each row of a match, its step.</summary>
    public int[] StepOfRow { get; }

    /// <summary>The bit of the step that must not come; 0 where there is none.</summary>
    public int AbsentBit => Steps.Count < _spec.Steps.Count ? 1 << Steps.Count : 0;

    /// <summary>See <see cref="SequenceSpec.Within"/>.</summary>
    public long WithinTicks => _spec.Within.Ticks;

    /// <inheritdoc/>
    public override long ReachTicks => AbsentBit == 0 ? WithinTicks : 2 * WithinTicks;

    /// <inheritdoc/>
    protected override string Parameters =>
        $"{string.Join(';', _spec.Steps.Select(step => $"{step.Column},{step.Count},{step.IsAbsent}"))} {WithinTicks}";

    /// <inheritdoc/>
    public override IEnumerable<EventRows> Read(Batch rows) => [Marked(rows, _columns)];

    /// <inheritdoc/>
    public override KeyWatch NewWatch(long fromTicks) => new SequenceWatch(this);

    /// <inheritdoc/>
    public override KeyWatch ReadWatch(BinaryReader reader) => new SequenceWatch(this, reader);
}
