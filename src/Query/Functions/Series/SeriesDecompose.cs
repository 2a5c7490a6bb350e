using Bongsu.Core.Dynamic;
using Bongsu.Core.Series;
using Bongsu.Core.Types;

namespace Bongsu.Query.Functions.Series;

/// <summary>Takes a series apart into season, trend and what is left.</summary>
internal sealed class SeriesDecompose() : SeriesFunction(
    "series_decompose(series:dynamic, seasonality:long?, trend:string?, test_points:long?, seasonality_threshold:real?) -> dynamic")
{
    public override IReadOnlyList<string> ResultParts => ["baseline", "seasonal", "trend", "residual"];

    protected override ScalarKernel Create(IReadOnlyList<ScalarArgument> arguments, ScalarType[] types) => Kernel(
        new Operation(
            Seasonality(arguments, 1),
            TrendOf(arguments, 2),
            Points(arguments, 3, "test_points"),
            Number(arguments, 4, 0.6, "seasonality_threshold")),
        types);

    private readonly struct Operation(long period, SeriesTrend trend, long testPoints, double threshold) : ISeriesOperation
    {
        public void Write(double[] series, DynamicWriter writer)
        {
            SeriesDecomposition parts = SeriesDecomposition.Of(series, period, trend, testPoints, threshold);
            writer.BeginArray();
            SeriesArray.Write(parts.Baseline, writer);
            SeriesArray.Write(parts.Seasonal, writer);
            SeriesArray.Write(parts.Trend, writer);
            SeriesArray.Write(parts.Residual, writer);
            writer.EndArray();
        }
    }
}
