namespace Bongsu.LogBench.Generation;

/// <summary>Deals rows to minutes: each day rises from two fifths of its peak at midnight to the peak at noon.</summary>
internal sealed class DayWave
{
    private const int MinutesPerDay = 1440;
    private readonly ulong _seed;
    private readonly long[] _firstRow;

    /// <summary>The wave of so many rows over so many days.</summary>
    public DayWave(long rows, int days, ulong seed)
    {
        _seed = seed;
        long[] weight = new long[(days * MinutesPerDay) + 1];
        for (int minute = 0; minute < days * MinutesPerDay; minute++)
        {
            int ofDay = minute % MinutesPerDay;
            weight[minute + 1] = weight[minute] + 480 + Math.Min(ofDay, MinutesPerDay - ofDay);
        }

        _firstRow = Array.ConvertAll(weight, before => (long)((Int128)rows * before / weight[^1]));
    }

    /// <summary>The minute a row lies in.</summary>
    public int MinuteOf(long row)
    {
        int found = Array.BinarySearch(_firstRow, row + 1);
        found = found < 0 ? ~found : found;
        while (_firstRow[found - 1] > row)
        {
            found--;
        }

        return found - 1;
    }

    /// <summary>First row of a minute.</summary>
    public long FirstRowOf(int minute) => _firstRow[minute];

    /// <summary>Milliseconds into the minute of all its rows, ascending.</summary>
    public int[] TimesOf(int minute)
    {
        var rng = new Rng(_seed, (1UL << 40) + (ulong)minute);
        int[] times = new int[_firstRow[minute + 1] - _firstRow[minute]];
        for (int row = 0; row < times.Length; row++)
        {
            times[row] = rng.Below(60_000);
        }

        Array.Sort(times);
        return times;
    }
}
