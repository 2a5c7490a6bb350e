using Bongsu.Alert.Bands;
using Bongsu.Core.Calendars;

namespace Bongsu.Alert.Judges;

/// <summary>A series with a band around what is expected of it.</summary>
internal sealed class BandSeries(BandOptions options, Calendar calendar) : SeriesModel
{
    private readonly BandModel _model = new(options, calendar);

    /// <inheritdoc/>
    public override long SizeBytes => _model.MeasureBytes();

    /// <inheritdoc/>
    public override void Learn(ReadOnlySpan<BandPoint> points, Func<long, bool>? isExcluded) => _model.Learn(points, isExcluded);

    /// <inheritdoc/>
    public override Band Take(long ticks, double value, PointUse use)
    {
        _model.Judge(ticks, value, out Band band);
        _model.Observe(ticks, value, use == PointUse.Alerting && band.Score < 1 ? PointUse.Train : use);
        return band;
    }

    /// <inheritdoc/>
    public override Band TakeAgain(Band told, double value)
    {
        if (!told.IsReady || double.IsNaN(value) || (value >= told.Lower && value <= told.Upper))
        {
            return told with { Score = 0 };
        }

        double width = value > told.Upper ? told.Upper - told.Expected : told.Expected - told.Lower;
        return told with { Score = width > 0 ? Math.Max(1, Math.Abs(value - told.Expected) / width) : 1 };
    }
}
