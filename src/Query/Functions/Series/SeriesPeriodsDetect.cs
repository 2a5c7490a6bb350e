using Bongsu.Core.Dynamic;
using Bongsu.Core.Series;
using Bongsu.Core.Types;

namespace Bongsu.Query.Functions.Series;

/// <summary>Finds after how many points a series repeats itself.</summary>
internal sealed class SeriesPeriodsDetect() : SeriesFunction(
    "series_periods_detect(series:dynamic, min_period:real, max_period:real, num_periods:long) -> dynamic")
{
    private const int MaxPeriods = 1000;

    public override IReadOnlyList<string> ResultParts => ["periods", "scores"];

    protected override ScalarKernel Create(IReadOnlyList<ScalarArgument> arguments, ScalarType[] types)
    {
        long count = Whole(arguments, 3, 1, "num_periods");
        return count is >= 1 and <= MaxPeriods
            ? Kernel(new Operation(Number(arguments, 1, 0, "min_period"), Number(arguments, 2, 0, "max_period"), (int)count), types)
            : throw new FunctionException($"{Name}() expects 1 to {MaxPeriods} as num_periods, got {count}", 3);
    }

    private readonly struct Operation(double minPeriod, double maxPeriod, int count) : ISeriesOperation
    {
        public void Write(double[] series, DynamicWriter writer)
        {
            double[] periods = new double[count];
            double[] scores = new double[count];
            int found = 0;
            foreach ((int period, double score) in SeriesPeriods.Detect(series, minPeriod, maxPeriod).Take(count))
            {
                (periods[found], scores[found++]) = (period, score);
            }

            writer.BeginArray();
            SeriesArray.Write(periods, writer);
            SeriesArray.Write(scores, writer);
            writer.EndArray();
        }
    }
}
