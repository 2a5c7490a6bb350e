using Bongsu.Core.Text;
using Bongsu.Stream.Events;

namespace Bongsu.Tests.Stream.Events;

/// <summary>What a specification says of a window, worked out from all rows at once, by the definition.</summary>
internal static class EventReference
{
    /// <summary>What fires in [fromTicks, toTicks): lines of keys and values.</summary>
    /// <param name="spec">The specification; its keys are services, or there are none.</param>
    /// <param name="rows">All rows, by time and arrival.</param>
    /// <param name="beginTicks">When the query started.</param>
    /// <param name="fromTicks">Start of the window.</param>
    /// <param name="toTicks">End of the window.</param>
    public static string[] Lines(EventSpec spec, IReadOnlyList<EventRow> rows, long beginTicks, long fromTicks, long toTicks)
    {
        if (spec.By.Count == 0)
        {
            return Values(spec, [.. rows], beginTicks, fromTicks, toTicks) is { } values ? [values] : [];
        }

        return [.. rows.GroupBy(row => row.Service)
            .Select(key => (key.Key, Values: Values(spec, [.. key], long.MaxValue, fromTicks, toTicks)))
            .Where(key => key.Values is not null)
            .Select(key => $"{key.Key} {key.Values}").Order(StringComparer.Ordinal)];
    }

    private static string? Values(EventSpec spec, EventRow[] rows, long beginTicks, long fromTicks, long toTicks) => spec switch
    {
        FrequencySpec frequency => Frequency(frequency, rows, fromTicks, toTicks),
        FlatlineSpec flatline => Flatline(flatline, rows, beginTicks, fromTicks, toTicks),
        _ => throw new NotSupportedException(),
    };

    private static string? Frequency(FrequencySpec spec, EventRow[] rows, long fromTicks, long toTicks)
    {
        long within = spec.Within.Ticks;
        int[] completing = [.. Enumerable.Range(0, rows.Length).Where(row => row >= spec.Count - 1 && rows[row].Ticks < toTicks
            && rows[row].Ticks - rows[row - spec.Count + 1].Ticks <= within)];
        if (completing.Length == 0 || rows[completing[^1]].Ticks + within <= fromTicks)
        {
            return null;
        }

        int start = completing.Length - 1;
        while (start > 0 && rows[completing[start - 1]].Ticks + within > rows[completing[start]].Ticks)
        {
            start--;
        }

        int first = completing[start] - spec.Count + 1;
        return $"{completing[^1] - first + 1} {Time(rows[first].Ticks)} {Time(rows[completing[^1]].Ticks)}";
    }

    private static string? Flatline(FlatlineSpec spec, EventRow[] rows, long beginTicks, long fromTicks, long toTicks)
    {
        long within = spec.Within.Ticks;
        long watched = rows.Length == 0 ? beginTicks : Math.Min(beginTicks, rows[0].Ticks);
        int CountAt(long ticks, long since) => rows.Count(row => row.Ticks > ticks - within && row.Ticks <= ticks && row.Ticks >= since);
        string Line(long ticks) =>
            $"{CountAt(ticks, long.MinValue)} {(rows.LastOrDefault(row => row.Ticks <= ticks) is { Ticks: > 0 } last ? Time(last.Ticks) : "")}";
        IEnumerable<long> Moments(long since) =>
            rows.Select(row => row.Ticks + within).Append(since + within).Where(ticks => ticks >= since + within).Order();

        if (!spec.ForgetsKeys)
        {
            // Flatness begins at such moments and ends right before rows.
            long[] moments = [.. Moments(watched).Concat(rows.Select(row => row.Ticks - 1)).Append(fromTicks).Append(toTicks - 1)
                .Where(ticks => ticks >= fromTicks && ticks < toTicks && ticks >= watched + within && CountAt(ticks, watched) < spec.Below)];
            return moments.Length == 0 ? null : Line(moments.Max());
        }

        string? told = null;
        long since = watched;
        while (true)
        {
            long flat = Moments(since).FirstOrDefault(ticks => CountAt(ticks, since) < spec.Below, long.MaxValue);
            told = flat >= fromTicks && flat < toTicks ? Line(flat) : told;
            since = flat == long.MaxValue ? 0 : rows.FirstOrDefault(row => row.Ticks > flat).Ticks;
            if (since == 0)
            {
                return told;
            }
        }
    }

    private static string Time(long ticks) => ScalarText.FormatDateTime(ticks);
}
