using Bongsu.Core.Types;

namespace Bongsu.Stream.Events;

/// <summary>Detects <see cref="FrequencySpec"/>.</summary>
/// <remarks>
/// A row completes a span where so many rows up to it lie within the time (both ends included). The key fires from such a
/// row on for as long as the time; every further row that completes a span lengthens it.
/// </remarks>
internal sealed class FrequencyDetector : Detector
{
    private readonly FrequencySpec _spec;

    public FrequencyDetector(FrequencySpec spec, Schema rows)
        : base(spec, rows)
    {
        _spec = spec;
        ValueColumns = Named(("events", ScalarType.Long), ("first", ScalarType.DateTime), ("last", ScalarType.DateTime));
    }

    /// <inheritdoc/>
    public override bool IsMonotone => true;

    /// <inheritdoc/>
    public override long ReachTicks => 2 * _spec.Within.Ticks;

    // In a stretch no longer than the time, every row from the first that completes a span on completes one.
    /// <inheritdoc/>
    public override int KeptPerEnd => _spec.Count;

    /// <inheritdoc/>
    public override long ThinningTicks => Math.Max(1, _spec.Within.Ticks);

    /// <inheritdoc/>
    protected override string Parameters => $"{_spec.Count} {_spec.Within.Ticks}";

    /// <inheritdoc/>
    public override KeyWatch NewWatch(long fromTicks) => new FrequencyWatch(_spec);

    /// <inheritdoc/>
    public override KeyWatch ReadWatch(BinaryReader reader) => new FrequencyWatch(_spec, reader);
}
