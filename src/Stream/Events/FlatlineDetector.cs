using Bongsu.Core.Types;

namespace Bongsu.Stream.Events;

/// <summary>Detects <see cref="FlatlineSpec"/>.</summary>
/// <remarks>
/// A key is flat at a time t where fewer than so many rows lie in (t - within, t], from its first row plus the time on.
/// Without keys, from the query's start (or the first row known) plus the time on, though no row ever came.
/// </remarks>
internal sealed class FlatlineDetector : Detector
{
    private readonly FlatlineSpec _spec;

    public FlatlineDetector(FlatlineSpec spec, Schema rows)
        : base(spec, rows)
    {
        _spec = spec;
        ValueColumns = Named(("events", ScalarType.Long), ("last", ScalarType.DateTime));
    }

    /// <inheritdoc/>
    public override bool WatchesSilence => true;

    /// <inheritdoc/>
    public override long ReachTicks => _spec.Within.Ticks;

    // In a stretch no longer than the time, no key is flat after so many of its rows.
    /// <inheritdoc/>
    public override int KeptPerEnd => _spec.Below;

    /// <inheritdoc/>
    public override long ThinningTicks => Math.Max(1, _spec.Within.Ticks);

    /// <inheritdoc/>
    protected override string Parameters => $"{_spec.Below} {_spec.Within.Ticks} {_spec.ForgetsKeys}";

    /// <inheritdoc/>
    public override KeyWatch NewWatch(long fromTicks) => new FlatlineWatch(_spec, fromTicks);

    /// <inheritdoc/>
    public override KeyWatch ReadWatch(BinaryReader reader) => new FlatlineWatch(_spec, reader);
}
