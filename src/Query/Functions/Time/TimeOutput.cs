using Bongsu.Core.Vectors;
using Bongsu.Query.Functions.Casts;
using Bongsu.Query.Functions.Operators;

namespace Bongsu.Query.Functions.Time;

/// <summary>Appends times that may be out of range.</summary>
internal static class TimeOutput
{
    /// <summary>A time plus an offset; null outside the years 1 to 9999.</summary>
    public static void Append(long ticks, long offset, FixedVectorBuilder<long> output)
    {
        if (TickArithmetic.TryAdd(ticks, offset, out long sum) && Ticks.IsDateTime(sum))
        {
            output.Append(sum);
        }
        else
        {
            output.AppendNull();
        }
    }
}
