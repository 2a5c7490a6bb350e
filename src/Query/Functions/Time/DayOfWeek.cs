using Bongsu.Query.Functions.Casts;
using Bongsu.Query.Functions.Kernels;

namespace Bongsu.Query.Functions.Time;

/// <summary>Whole days since the last Sunday, as a timespan.</summary>
internal sealed class DayOfWeek() : UnaryFunction<long, long, DayOfWeek.Operation>(
    "dayofweek(date:datetime) -> timespan")
{
    internal readonly struct Operation : IUnaryOperation<long, long>
    {
        public static bool TryApply(long value, out long result)
        {
            result = ((value / Ticks.PerDay) + 1) % 7 * Ticks.PerDay;
            return true;
        }
    }
}
