using System.Globalization;
using System.Text;
using Bongsu.LogBench.Generation;

namespace Bongsu.LogBench.Bands;

/// <summary>Rows of many series: one a slot and series, with how many requests it had.</summary>
/// <remarks>Requests follow the hour (each component with another peak), fall on weekends and on one holiday, and scatter by
/// chance and 4 %; most series are small. The same for every run of one day.</remarks>
internal sealed class SeriesRows
{
    private const int MaxRowBytes = 256;
    private const double Noise = 0.04;
    private const double RestShare = 0.6;
    private const int OutageOneIn = 1_000;
    private static readonly TimeSpan s_within = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan s_zone = TimeSpan.FromHours(9);

    private readonly byte[][] _names;
    private readonly double[] _levels;
    private readonly double[] _phases;
    private readonly DateOnly _holiday;

    /// <summary>Series of components and APIs.</summary>
    /// <param name="components">How many.</param>
    /// <param name="apis">How many each has.</param>
    /// <param name="holiday">A local date that is like a Sunday.</param>
    public SeriesRows(int components, int apis, DateOnly holiday)
    {
        _holiday = holiday;
        _names = new byte[components * apis][];
        _levels = new double[_names.Length];
        _phases = new double[_names.Length];
        var rng = new Rng(1, 0);
        for (int series = 0; series < _names.Length; series++)
        {
            string name = string.Create(
                CultureInfo.InvariantCulture, $"Z\",\"component\":\"component-{series / apis:00}\",\"api\":\"/v1/things/{series % apis:000}\",\"requests\":");
            _names[series] = Encoding.UTF8.GetBytes(name);
            _levels[series] = Math.Exp(1 + (rng.Unit() * 7)); // 3 to 3,000 at noon
            _phases[series] = series / apis * Math.Tau / components / 4;
        }
    }

    /// <summary>Series whose requests stop in an outage.</summary>
    public int OutageSeries => (_names.Length + OutageOneIn - 1) / OutageOneIn;

    /// <summary>Writes the rows of a slot.</summary>
    /// <param name="slot">Its start.</param>
    /// <param name="isOutage">True where some series have no requests.</param>
    /// <param name="output">Where to.</param>
    public void Write(DateTimeOffset slot, bool isOutage, LineWriter output)
    {
        DateTimeOffset local = slot.ToOffset(s_zone);
        bool isRest = local.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday || DateOnly.FromDateTime(local.DateTime) == _holiday;
        double time = local.TimeOfDay.TotalDays * Math.Tau;
        byte[] head = Encoding.UTF8.GetBytes(
            (slot + s_within).UtcDateTime.ToString("'{\"timestamp\":\"'yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture));
        var rng = new Rng(2, (ulong)slot.UtcTicks);
        for (int series = 0; series < _names.Length; series++)
        {
            double mean = _levels[series] * (0.55 - (0.45 * Math.Cos(time - _phases[series]))) * (isRest ? RestShare : 1);
            double normal = rng.Unit() + rng.Unit() + rng.Unit() + rng.Unit() + rng.Unit() + rng.Unit() - 3; // variance 1/2
            double value = mean + (normal * Math.Sqrt(2) * Math.Sqrt(mean + (Noise * Noise * mean * mean)));
            bool isOut = isOutage && series % OutageOneIn == 0;
            output.Reserve(MaxRowBytes);
            output.Text(head).Text(_names[series]).Number(isOut ? 0 : Math.Max(0, (long)Math.Round(value))).Text("}\n"u8);
        }
    }
}
