using Bongsu.Query.Functions.Casts;
using Bongsu.Query.Functions.Kernels;

namespace Bongsu.Query.Functions.Time;

/// <summary>Reads the name of a part: a constant, in any case.</summary>
internal static class TimePartArgument
{
    public static TimePart Read(string function, IReadOnlyList<ScalarArgument> arguments, int index)
    {
        string name = ConstantArgument.Text(function, arguments, index, "part");
        return Enum.TryParse(name.Replace("_", "", StringComparison.Ordinal), ignoreCase: true, out TimePart part) && !char.IsAsciiDigit(name[0])
            ? part
            : throw new FunctionException(
                $"{function}(): '{name}' is no part of a time; there are {string.Join(", ", Enum.GetNames<TimePart>())}", index);
    }

    /// <summary>Ticks of a part of fixed length; 0 for the others.</summary>
    public static long FixedTicks(TimePart part) => part switch
    {
        TimePart.Week or TimePart.WeekOfYear => 7 * Ticks.PerDay,
        TimePart.Day or TimePart.DayOfYear => Ticks.PerDay,
        TimePart.Hour => Ticks.PerHour,
        TimePart.Minute => Ticks.PerMinute,
        TimePart.Second => Ticks.PerSecond,
        TimePart.Millisecond => Ticks.PerMillisecond,
        TimePart.Microsecond => Ticks.PerMicrosecond,
        _ => 0,
    };
}
