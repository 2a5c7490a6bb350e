using Bongsu.Query.Functions.Casts;
using Bongsu.Query.Functions.Kernels;

namespace Bongsu.Query.Functions.Time;

/// <summary>Hour of the day, from 0.</summary>
internal sealed class HourOfDay() : DatePartFunction<HourOfDay.Operation>("hourofday")
{
    internal readonly struct Operation : IUnaryOperation<long, int>
    {
        public static bool TryApply(long value, out int result)
        {
            result = (int)(value / Ticks.PerHour % 24);
            return true;
        }
    }
}
