using Bongsu.Core.Dynamic;
using Bongsu.Core.Series;
using Bongsu.Core.Types;

namespace Bongsu.Query.Functions.Series;

/// <summary>Finds the points of a series that fit neither its season nor its trend.</summary>
internal sealed class SeriesDecomposeAnomalies() : SeriesFunction(
    "series_decompose_anomalies(series:dynamic, threshold:real?, seasonality:long?, trend:string?, test_points:long?, " +
    "ad_method:string?, seasonality_threshold:real?) -> dynamic")
{
    public override IReadOnlyList<string> ResultParts => ["ad_flag", "ad_score", "baseline"];

    protected override ScalarKernel Create(IReadOnlyList<ScalarArgument> arguments, ScalarType[] types) => Kernel(
        new Operation(
            Threshold(arguments),
            Seasonality(arguments, 2),
            TrendOf(arguments, 3),
            Points(arguments, 4, "test_points"),
            Word(arguments, 5, "ad_method", "ctukey", "tukey") == 0 ? 10 : 25,
            Number(arguments, 6, 0.6, "seasonality_threshold")),
        types);

    private double Threshold(IReadOnlyList<ScalarArgument> arguments)
    {
        double threshold = Number(arguments, 1, 1.5, "threshold");
        return threshold >= 0 ? threshold : throw new FunctionException($"{Name}() expects 0 or more as threshold, got {threshold}", 1);
    }

    private readonly struct Operation(
        double threshold, long period, SeriesTrend trend, long testPoints, double percentile, double periodThreshold) : ISeriesOperation
    {
        public void Write(double[] series, DynamicWriter writer)
        {
            SeriesDecomposition parts = SeriesDecomposition.Of(series, period, trend, testPoints, periodThreshold);
            double magnitude = series.Where(double.IsFinite).Select(Math.Abs).DefaultIfEmpty(0).Max();
            int learntLength = (int)Math.Clamp(series.Length - testPoints, 0, series.Length);
            double[] scores = SeriesOutliers.Score(parts.Residual, percentile, 100 - percentile, learntLength, magnitude);
            writer.BeginArray();
            writer.BeginArray();
            foreach (double score in scores)
            {
                writer.WriteLong(score > threshold ? 1 : score < -threshold ? -1 : 0);
            }

            writer.EndArray();
            SeriesArray.Write(scores, writer);
            SeriesArray.Write(parts.Baseline, writer);
            writer.EndArray();
        }
    }
}
