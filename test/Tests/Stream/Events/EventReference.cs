using Bongsu.Core.Text;
using Bongsu.Core.Types;
using Bongsu.Core.Vectors;
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
        if (spec is NewTermSpec newTerm)
        {
            return [.. newTerm.Terms.SelectMany(term => NewTerms(newTerm, term, rows, fromTicks, toTicks)).Order(StringComparer.Ordinal)];
        }

        if (spec is JobSpec job)
        {
            return Job(job, rows, beginTicks, fromTicks, toTicks);
        }

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
        ChangeSpec change => Change(change, rows, fromTicks, toTicks),
        SequenceSpec sequence => Sequence(sequence, rows, fromTicks, toTicks),
        _ => throw new NotSupportedException(),
    };

    private static string Cell(EventRow row, string column) =>
        column switch { "service" => row.Service, "level" => row.Level, _ => row.Ms.ToString(System.Globalization.CultureInfo.InvariantCulture) };

    private static string? Change(ChangeSpec spec, EventRow[] rows, long fromTicks, long toTicks)
    {
        string Text(EventRow row) => string.Join(", ", spec.Columns.Select(column => Cell(row, column)));
        int[] changes = [.. Enumerable.Range(1, Math.Max(0, rows.Length - 1)).Where(row => Text(rows[row]) != Text(rows[row - 1])
            && rows[row].Ticks - rows[row - 1].Ticks <= (spec.Within ?? TimeSpan.MaxValue).Ticks
            && rows[row].Ticks >= fromTicks && rows[row].Ticks < toTicks)];
        return changes.Length == 0
            ? null
            : $"{Text(rows[changes[^1] - 1])} {Text(rows[changes[^1]])} {changes.Length} {Time(rows[changes[^1]].Ticks)}";
    }

    private static IEnumerable<string> NewTerms(
        NewTermSpec spec, IReadOnlyList<string> columns, IReadOnlyList<EventRow> rows, long fromTicks, long toTicks)
    {
        foreach (var term in rows.GroupBy(row =>
            string.Concat(spec.By.Select(by => Cell(row, by) + " ")) + string.Join(", ", columns) + " " +
            string.Join(" | ", columns.Select(column => Cell(row, column)))))
        {
            long[] times = [.. term.Select(row => row.Ticks)];
            int found = Array.FindLastIndex(times, ticks => ticks >= fromTicks && ticks < toTicks
                && !times.Any(other => other < ticks && other >= ticks - spec.LookBack.Ticks));
            if (found >= 0)
            {
                yield return $"{term.Key} {Time(times[found])}";
            }
        }
    }

    // Row by row: the latest rows that could make a match which ends here, from the last to the first.
    private static string? Sequence(SequenceSpec spec, EventRow[] rows, long fromTicks, long toTicks)
    {
        SequenceStep? absent = spec.Steps[^1].IsAbsent ? spec.Steps[^1] : null;
        SequenceStep[] steps = [.. spec.Steps.Where(step => !step.IsAbsent)];
        string[] needed = [.. steps.SelectMany(step => Enumerable.Repeat(step.Column, step.Count))];
        string? told = null;
        int consumed = 0;
        for (int last = 0; last < rows.Length; last++)
        {
            int at = last + 1;
            int next = needed.Length;
            while (next > 0 && at > consumed)
            {
                at--;
                if (next == needed.Length && at < last)
                {
                    break;
                }

                next -= IsStep(rows[at], needed[next - 1]) ? 1 : 0;
            }

            if (next > 0 || rows[last].Ticks - rows[at].Ticks > spec.Within.Ticks)
            {
                continue;
            }

            consumed = last + 1;
            long end = rows[last].Ticks + spec.Within.Ticks;
            bool isAnswered = absent is not null &&
                rows.Skip(last + 1).Any(row => IsStep(row, absent.Column) && row.Ticks <= end);
            long fires = absent is null ? rows[last].Ticks : end;
            if (!isAnswered && fires >= fromTicks && fires < toTicks)
            {
                string counts = string.Join(' ', steps.Select(step => rows[at..(last + 1)].Count(row => IsStep(row, step.Column))));
                told = $"{Time(rows[at].Ticks)} {Time(rows[last].Ticks)} {counts}";
            }
        }

        return told;
    }

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

    // Its meaning is held by other tests; here its rows come in order, and windows do not cut it.
    private static string[] Job(JobSpec spec, IReadOnlyList<EventRow> rows, long beginTicks, long fromTicks, long toTicks)
    {
        var schema = new Schema([new("timestamp", ScalarType.DateTime), new("service", ScalarType.String), .. new[] { "a", "c", "odd" }
            .Select(name => new Column(name, ScalarType.Bool))]);
        var detector = new JobDetector(spec, schema);
        var lines = new List<string>();
        foreach (var key in rows.GroupBy(row => spec.By.Count == 0 ? "" : row.Service + " "))
        {
            EventRow[] marked = [.. key.Where(row => Mark(row) != 0)];
            if (marked.Length == 0)
            {
                continue;
            }

            var watch = new JobWatch(detector, spec.By.Count == 0 ? beginTicks : marked[0].Ticks);
            foreach (EventRow row in marked.TakeWhile(row => row.Ticks < toTicks))
            {
                watch.Advance(row.Ticks, fromTicks);
                watch.Consume(new Event(row.Ticks, 0, 0, Mark(row), 1), fromTicks);
            }

            watch.Advance(toTicks, fromTicks);
            if (watch.FiresIn(fromTicks, toTicks) && (spec.By.Count == 0 || marked[0].Ticks < toTicks))
            {
                VectorBuilder[] values = [.. detector.ValueColumns.Select(column => VectorBuilder.Create(column.Type))];
                watch.Tell(values, [], fromTicks, toTicks);
                lines.Add(key.Key + string.Join(' ', values.Select(value => ScalarText.Format(value.Build().GetScalar(0)))));
            }
        }

        return [.. lines.Order(StringComparer.Ordinal)];

        int Mark(EventRow row) =>
            (IsStep(row, spec.StartColumn) ? JobDetector.StartBit : 0) | (spec.EndColumn is { } end && IsStep(row, end) ? JobDetector.EndBit : 0);
    }

    private static bool IsStep(EventRow row, string column) =>
        row.Level == column switch { "a" => "warn", "b" => "error", "c" => "fatal", _ => "" } || (column == "odd" && (int)row.Ms % 2 == 1);

    private static string Time(long ticks) => ScalarText.FormatDateTime(ticks);
}
