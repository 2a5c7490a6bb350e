using Bongsu.Core.Dynamic;
using Bongsu.Core.Series;
using Bongsu.Core.Types;

namespace Bongsu.Query.Functions.Series;

/// <summary>Foretells the last points of a series from those before them.</summary>
internal sealed class SeriesDecomposeForecast() : SeriesFunction(
    "series_decompose_forecast(series:dynamic, points:long, seasonality:long?, trend:string?, seasonality_threshold:real?) -> dynamic")
{
    public override IReadOnlyList<string> ResultParts => ["forecast", "baseline", "seasonal", "trend"];

    protected override ScalarKernel Create(IReadOnlyList<ScalarArgument> arguments, ScalarType[] types) => Kernel(
        new Operation(
            Points(arguments, 1, "points"),
            Seasonality(arguments, 2),
            TrendOf(arguments, 3),
            Number(arguments, 4, 0.6, "seasonality_threshold")),
        types);

    private readonly struct Operation(long points, long period, SeriesTrend trend, double threshold) : ISeriesOperation
    {
        public void Write(double[] series, DynamicWriter writer)
        {
            SeriesDecomposition parts = SeriesDecomposition.Of(series, period, trend, points, threshold);
            writer.BeginArray();
            SeriesArray.Write(parts.Baseline, writer);
            SeriesArray.Write(parts.Baseline, writer);
            SeriesArray.Write(parts.Seasonal, writer);
            SeriesArray.Write(parts.Trend, writer);
            writer.EndArray();
        }
    }
}
