using Bongsu.LogBench.Generation;

namespace Bongsu.LogBench.Answers;

/// <summary>Compares the answer of a query with the expected one. Order of rows counts only where a query sorts.</summary>
internal sealed class AnswerCheck
{
    private const double SumTolerance = 1e-9;

    // Estimates from a sample of 8192 values miss their rank by 0.6 % of the rows in the mean.
    private const double RoughRanks = 0.03;
    private static readonly double[] s_percentiles = [0.5, 0.95, 0.99];
    private readonly ExpectedAnswers _expected;
    private readonly HashSet<LogRow> _needles;
    private readonly HashSet<LogRow> _ofTrace;
    private readonly LogRow[] _latest;
    private readonly LogRow[] _latestErrors;

    /// <summary>Reads the rows that are expected whole from the file.</summary>
    public AnswerCheck(ExpectedAnswers expected, LogFile file)
    {
        _expected = expected;
        using var handle = File.OpenHandle(file.Path);
        LogRow Read(LinePlace place)
        {
            byte[] line = new byte[place.LengthBytes];
            RandomAccess.Read(handle, line, place.OffsetBytes);
            return LogRow.Parse(line);
        }

        _needles = [.. expected.NeedleLines.Select(Read)];
        _ofTrace = [.. expected.TraceLines.Select(Read)];
        _latest = [.. expected.Latest.Take().Select(Read)];
        _latestErrors = [.. expected.LatestErrors.Take().Select(Read)];
    }

    /// <summary>One number: rows of all.</summary>
    public void Count(Answer answer) => Single(answer, _expected.Rows);

    /// <summary>One number: rows that contain <c>timeout</c>.</summary>
    public void Timeouts(Answer answer) => Single(answer, _expected.Timeouts);

    /// <summary>One number: rows that have the term <c>timeout</c>.</summary>
    public void TimeoutTerms(Answer answer) => Single(answer, _expected.TimeoutBins.Values.Sum());

    /// <summary>One number: rows that match the regular expression.</summary>
    public void Regex(Answer answer) => Single(answer, _expected.RegexMatches);

    /// <summary>One number: distinct traces.</summary>
    public void Traces(Answer answer) => Single(answer, _expected.Traces.Count);

    /// <summary>One number: rows with the Korean word.</summary>
    public void Korean(Answer answer) => Single(answer, _expected.Korean);

    /// <summary>Level and count.</summary>
    public void ByLevel(Answer answer) =>
        Same(Groups(answer, row => answer.Text(row, 0), row => answer.Integer(row, 1)), _expected.ByLevel);

    /// <summary>Service, minute and count.</summary>
    public void Errors(Answer answer) =>
        Same(Groups(answer, row => (answer.Text(row, 0), answer.TimeMs(row, 1)), row => answer.Integer(row, 2)), _expected.Errors);

    /// <summary>Start of bin and count.</summary>
    public void TimeoutBins(Answer answer) =>
        Same(Groups(answer, row => answer.TimeMs(row, 0), row => answer.Integer(row, 1)), _expected.TimeoutBins);

    /// <summary>Whole rows with the needle.</summary>
    public void Needles(Answer answer) => SameRows(answer, _needles);

    /// <summary>Whole rows of one trace.</summary>
    public void OfTrace(Answer answer) => SameRows(answer, _ofTrace);

    /// <summary>Latest rows of all, latest first.</summary>
    public void Latest(Answer answer) => Latest(answer, _latest);

    /// <summary>Latest error rows of a service, latest first.</summary>
    public void LatestErrors(Answer answer) => Latest(answer, _latestErrors);

    /// <summary>Service and exact percentiles; each must lie between the neighbours of its rank, since engines place
    /// ranks differently.</summary>
    public void Percentiles(Answer answer) => Percentiles(answer, 0);

    /// <summary>Service and estimated percentiles.</summary>
    public void PercentilesRoughly(Answer answer) => Percentiles(answer, RoughRanks);

    /// <summary>User and count, the greatest ten; users with equal counts may take each other's place.</summary>
    public void TopUsers(Answer answer)
    {
        long[] counts = [.. _expected.ByUser.Values.OrderDescending().Take(10)];
        Equal(answer.Rows.Count, counts.Length, "rows");
        for (int row = 0; row < counts.Length; row++)
        {
            Equal(answer.Integer(row, 1), counts[row], $"count at place {row + 1}");
            Equal(_expected.ByUser.GetValueOrDefault(answer.Integer(row, 0)), counts[row], $"user at place {row + 1}");
        }
    }

    /// <summary>Path and average; sums may be added in any order.</summary>
    public void FailedPaths(Answer answer)
    {
        Equal(answer.Rows.Count, _expected.FailedPaths.Count, "groups");
        for (int row = 0; row < answer.Rows.Count; row++)
        {
            (double sum, long count) = _expected.FailedPaths.GetValueOrDefault(answer.Text(row, 0));
            double expected = sum / count;
            if (!(Math.Abs(answer.Real(row, 1) - expected) <= Math.Abs(expected) * SumTolerance))
            {
                throw new WrongAnswerException($"average of {answer.Text(row, 0)}: {answer.Real(row, 1)}, expected {expected}");
            }
        }
    }

    private void Percentiles(Answer answer, double rankTolerance)
    {
        Equal(answer.Rows.Count, _expected.Durations.Count, "groups");
        for (int row = 0; row < answer.Rows.Count; row++)
        {
            List<double> sorted = _expected.Durations[answer.Text(row, 0)];
            double[] actual = answer.Reals(row, 1);
            int ranks = (int)(rankTolerance * sorted.Count);
            for (int index = 0; index < s_percentiles.Length; index++)
            {
                int rank = (int)(s_percentiles[index] * (sorted.Count - 1));
                double low = sorted[Math.Max(0, rank - 1 - ranks)];
                double high = sorted[Math.Min(sorted.Count - 1, rank + 2 + ranks)];
                // Engines interpolate in floating point: 55.68 may come as 55.68000000000001.
                double slack = high * 1e-9;
                if (!(actual[index] >= low - slack && actual[index] <= high + slack))
                {
                    throw new WrongAnswerException(
                        $"percentile {s_percentiles[index]} of {answer.Text(row, 0)}: {actual[index]}, expected {low} to {high}");
                }
            }
        }
    }

    private static void Single(Answer answer, long expected)
    {
        Equal(answer.Rows.Count, 1, "rows");
        Equal(answer.Integer(0, 0), expected, "count");
    }

    private static void Latest(Answer answer, LogRow[] expected)
    {
        LogRow[] actual = RowsOf(answer);
        Equal(actual.Length, Math.Min(expected.Length, ExpectedAnswers.LatestCount), "rows");
        Equal(actual.Distinct().Count(), actual.Length, "different rows");
        for (int row = 0; row < actual.Length; row++)
        {
            Equal(actual[row].TimeMs, expected[row].TimeMs, $"time of row {row}");
        }

        All(actual, expected.ToHashSet());
    }

    private static void SameRows(Answer answer, HashSet<LogRow> expected)
    {
        LogRow[] actual = RowsOf(answer);
        Equal(actual.Length, expected.Count, "rows");
        All(actual, expected);
    }

    private static void All(LogRow[] actual, HashSet<LogRow> expected)
    {
        if (actual.FirstOrDefault(row => !expected.Contains(row)) is { } wrong)
        {
            throw new WrongAnswerException($"a row that is not expected: {wrong}");
        }
    }

    private static LogRow[] RowsOf(Answer answer)
    {
        if (answer.Rows.Count == 0)
        {
            return [];
        }

        int time = answer.IndexOf("ts", "timestamp");
        int trace = answer.IndexOf("trace_id");
        int user = answer.IndexOf("user_id");
        int message = answer.IndexOf("message");
        return [.. Enumerable.Range(0, answer.Rows.Count).Select(row =>
            new LogRow(answer.TimeMs(row, time), answer.Trace(row, trace), answer.Integer(row, user), answer.Text(row, message)))];
    }

    private static Dictionary<TKey, long> Groups<TKey>(Answer answer, Func<int, TKey> key, Func<int, long> count)
        where TKey : notnull
    {
        var groups = new Dictionary<TKey, long>();
        for (int row = 0; row < answer.Rows.Count; row++)
        {
            if (!groups.TryAdd(key(row), count(row)))
            {
                throw new WrongAnswerException($"{key(row)} is there twice");
            }
        }

        return groups;
    }

    private static void Same<TKey>(Dictionary<TKey, long> actual, Dictionary<TKey, long> expected)
        where TKey : notnull
    {
        foreach ((TKey key, long count) in expected)
        {
            Equal(actual.GetValueOrDefault(key), count, $"{key}");
        }

        Equal(actual.Count, expected.Count, "groups");
    }

    private static void Equal(long actual, long expected, string what)
    {
        if (actual != expected)
        {
            throw new WrongAnswerException($"{what}: {actual}, expected {expected}");
        }
    }
}
