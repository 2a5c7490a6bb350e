using System.Globalization;
using Bongsu.Query.Functions.Kernels;

namespace Bongsu.Query.Functions.Time;

/// <summary>Week of the year by ISO 8601.</summary>
internal sealed class WeekOfYear() : DatePartFunction<WeekOfYear.Operation>("week_of_year", "weekofyear")
{
    internal readonly struct Operation : IUnaryOperation<long, int>
    {
        public static bool TryApply(long value, out int result)
        {
            result = ISOWeek.GetWeekOfYear(new DateTime(value));
            return true;
        }
    }
}
