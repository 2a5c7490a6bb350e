using Bongsu.Query.Functions.Kernels;

namespace Bongsu.Query.Functions.Time;

/// <summary>Year.</summary>
internal sealed class GetYear() : DatePartFunction<GetYear.Operation>("getyear")
{
    internal readonly struct Operation : IUnaryOperation<long, int>
    {
        public static bool TryApply(long value, out int result)
        {
            result = new DateTime(value).Year;
            return true;
        }
    }
}
