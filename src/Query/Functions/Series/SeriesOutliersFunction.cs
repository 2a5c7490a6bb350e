using Bongsu.Core.Dynamic;
using Bongsu.Core.Series;
using Bongsu.Core.Types;

namespace Bongsu.Query.Functions.Series;

/// <summary>Scores the points of a series by how far they lie outside the bulk.</summary>
internal sealed class SeriesOutliersFunction() : SeriesFunction(
    "series_outliers(series:dynamic, kind:string?, ignore_val:number?, min_percentile:number?, max_percentile:number?) -> dynamic")
{
    protected override ScalarKernel Create(IReadOnlyList<ScalarArgument> arguments, ScalarType[] types)
    {
        bool isCustom = Word(arguments, 1, "kind", "ctukey", "tukey") == 0;
        double low = isCustom ? Number(arguments, 3, 10, "min_percentile") : 25;
        double high = isCustom ? Number(arguments, 4, 90, "max_percentile") : 75;
        if (low < 2 || high > 98 || low >= high)
        {
            int wrong = low is < 2 or > 98 ? 3 : 4;
            throw new FunctionException($"{Name}() expects percentiles from 2 to 98, the lower first, got {low} and {high}", wrong);
        }

        double ignored = Number(arguments, 2, double.NaN, "ignore_val");
        return Kernel(new Operation(ignored, low, high), types);
    }

    private readonly struct Operation(double ignored, double low, double high) : ISeriesOperation
    {
        public void Write(double[] series, DynamicWriter writer)
        {
            for (int index = 0; index < series.Length; index++)
            {
                series[index] = series[index] == ignored ? double.NaN : series[index];
            }

            SeriesArray.Write(SeriesOutliers.Score(series, low, high), writer);
        }
    }
}
