using Bongsu.Core.Dynamic;
using Bongsu.Core.Series;
using Bongsu.Core.Types;

namespace Bongsu.Query.Functions.Series;

/// <summary>What recurs in a series: the median of the points at the same place of the period.</summary>
internal sealed class SeriesSeasonal() : SeriesFunction("series_seasonal(series:dynamic, period:long?) -> dynamic")
{
    private const double LeastScore = 0.6;

    protected override ScalarKernel Create(IReadOnlyList<ScalarArgument> arguments, ScalarType[] types) =>
        Kernel(new Operation(Whole(arguments, 1, -1, "period")), types);

    private readonly struct Operation(long period) : ISeriesOperation
    {
        public void Write(double[] series, DynamicWriter writer)
        {
            double[] season = new double[series.Length];
            int found = period < 0 ? SeriesDecomposition.FindPeriod(series, LeastScore) : (int)Math.Min(period, series.Length);
            if (found > 0)
            {
                SeriesDecomposition.SeasonOf(series, found, season);
            }

            SeriesArray.Write(season, writer);
        }
    }
}
