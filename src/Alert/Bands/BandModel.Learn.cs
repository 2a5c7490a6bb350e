namespace Bongsu.Alert.Bands;

/// <content>Learning from a history.</content>
public sealed partial class BandModel
{
    /// <summary>Forgets everything and learns from a history.</summary>
    /// <param name="points">In any order; of two at one time the later in the list counts.</param>
    /// <param name="isExcluded">Whether a time (ticks) is in a span not to learn from: past alerts, annotations.</param>
    public void Learn(ReadOnlySpan<BandPoint> points, Func<long, bool>? isExcluded = null)
    {
        BandPoint[] usable = Usable(points, isExcluded);
        Forget();
        foreach (BandPoint point in usable)
        {
            Observe(point.Ticks, point.Value);
        }

        _learntTicks = usable.Length == 0 ? long.MinValue : usable[^1].Ticks;
    }

    private BandPoint[] Usable(ReadOnlySpan<BandPoint> points, Func<long, bool>? isExcluded)
    {
        List<BandPoint> usable = new(points.Length);
        bool isSorted = true;
        foreach (BandPoint point in points)
        {
            if (double.IsFinite(point.Value) && isExcluded?.Invoke(point.Ticks) != true && !_calendar.IsFrozen(point.Ticks))
            {
                isSorted &= usable.Count == 0 || usable[^1].Ticks < point.Ticks;
                usable.Add(point);
            }
        }

        return isSorted ? [.. usable] : [.. usable.GroupBy(point => point.Ticks).Select(group => group.Last()).OrderBy(point => point.Ticks)];
    }

    private void Forget()
    {
        _season = null;
        _shift.Forget();
        _level = 0;
        _slopePerDay = 0;
        _scale = 0;
        _levelGain = 1.0 / 16;
        _upperTail = 1;
        _lowerTail = 1;
        _levelBeforeShift = double.NaN;
        _firstTicks = long.MaxValue;
        _lastTicks = long.MinValue;
        _learntTicks = long.MinValue;
        _pointCount = 0;
        _returnCount = 0;
        _localDay = 0;
        _isProportional = false;
        _isCount = true;
        _isNonNegative = true;
    }
}
