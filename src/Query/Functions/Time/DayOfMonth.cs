using Bongsu.Query.Functions.Kernels;

namespace Bongsu.Query.Functions.Time;

/// <summary>Day of the month, from 1.</summary>
internal sealed class DayOfMonth() : DatePartFunction<DayOfMonth.Operation>("dayofmonth")
{
    internal readonly struct Operation : IUnaryOperation<long, int>
    {
        public static bool TryApply(long value, out int result)
        {
            result = new DateTime(value).Day;
            return true;
        }
    }
}
