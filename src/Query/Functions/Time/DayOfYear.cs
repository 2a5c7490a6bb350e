using Bongsu.Query.Functions.Kernels;

namespace Bongsu.Query.Functions.Time;

/// <summary>Day of the year, from 1.</summary>
internal sealed class DayOfYear() : DatePartFunction<DayOfYear.Operation>("dayofyear")
{
    internal readonly struct Operation : IUnaryOperation<long, int>
    {
        public static bool TryApply(long value, out int result)
        {
            result = new DateTime(value).DayOfYear;
            return true;
        }
    }
}
