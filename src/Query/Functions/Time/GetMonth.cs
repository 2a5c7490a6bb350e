using Bongsu.Query.Functions.Kernels;

namespace Bongsu.Query.Functions.Time;

/// <summary>Month of the year, from 1.</summary>
internal sealed class GetMonth() : DatePartFunction<GetMonth.Operation>("getmonth", "monthofyear")
{
    internal readonly struct Operation : IUnaryOperation<long, int>
    {
        public static bool TryApply(long value, out int result)
        {
            result = new DateTime(value).Month;
            return true;
        }
    }
}
