using Bongsu.Alert.Bands;
using Bongsu.Core.Calendars;

namespace Bongsu.Tests.Alert.Bands;

public sealed class BandModelTests
{
    private const int PerDay = 288;
    private static readonly long s_start = new DateTime(2026, 1, 5, 0, 0, 0, DateTimeKind.Utc).Ticks;

    [Fact]
    public void Judge_NothingLearnt_IsNotReady()
    {
        var model = new BandModel(new BandOptions(), Calendar.Utc);
        Assert.Equal(0, model.Judge(s_start, 1e9, out Band band));
        Assert.False(band.IsReady);
        Assert.True(double.IsNaN(band.Expected));
    }

    [Fact]
    public void Judge_NoSeason_SpikeIsOutsideAndNoiseInside()
    {
        var model = new BandModel(new BandOptions { MinPoints = 50 }, Calendar.Utc);
        var random = new Random(1);
        int outside = 0;
        for (int point = 0; point < 5000; point++)
        {
            long ticks = s_start + (point * TimeSpan.TicksPerMinute * 5);
            double value = -100 + (random.NextDouble() * 10);
            outside += model.Judge(ticks, value, out _) >= 1 ? 1 : 0;
            model.Observe(ticks, value);
        }

        Assert.Equal(0, outside);
        Assert.True(model.Judge(model.LastTicks + 1, -50, out Band band) > 1);
        Assert.InRange(band.Expected, -100, -90);
        Assert.True(model.Judge(model.LastTicks + 1, -150, out _) > 1);
    }

    // Four weeks learnt, four judged, Chuseok and three other holidays among them, for ten series each.
    [Theory]
    [InlineData(1000, 0.04, SeasonChoice.Week, 100)]
    [InlineData(1000, 0.2, SeasonChoice.Week, 100)]
    [InlineData(20, 0.04, null, 50)]
    [InlineData(1, 0.04, null, 50)]
    [InlineData(0.1, 0.04, SeasonChoice.None, 50)]
    public void Judge_SeriesWithChuseok_AlarmsFalselySeldom(double level, double noise, SeasonChoice? season, double mostPerMillion)
    {
        int outside = 0;
        int judged = 0;
        for (int seed = 0; seed < 10; seed++)
        {
            var series = new SyntheticSeries(seed) { Level = level, Noise = noise };
            BandPoint[] points = series.Make(56);
            BandModel model = Learnt(series, points.AsSpan(0, 28 * PerDay));
            Assert.True(season is null || model.Season == season, $"seed {seed}: {model.Season}");
            outside += Run(model, points.AsSpan(28 * PerDay)).Count;
            judged += 28 * PerDay;
        }

        double perMillion = 1e6 * outside / judged;
        Assert.True(perMillion <= mostPerMillion, $"{perMillion:f0} false alarms in a million points");
    }

    [Theory]
    [InlineData(0.04)]
    [InlineData(0.2)]
    public void Judge_Outage_IsFoundAtItsFirstPoint(double noise)
    {
        var outageFrom = new DateTime(2026, 9, 22, 5, 0, 0, DateTimeKind.Utc);
        var series = new SyntheticSeries(3)
        {
            Noise = noise,
            Change = (time, value) => time >= outageFrom && time < outageFrom.AddHours(2) ? 0 : value,
        };
        BandPoint[] points = series.Make(40);
        BandModel model = Learnt(series, points.AsSpan(0, 28 * PerDay));
        List<long> outside = Run(model, points.AsSpan(28 * PerDay));
        List<long> during = [.. outside.Where(ticks => ticks >= outageFrom.Ticks && ticks < outageFrom.AddHours(2).Ticks)];
        Assert.Equal(outageFrom.Ticks, during[0]);
        Assert.Equal(24, during.Count);
        Assert.InRange(outside.Count - during.Count, 0, 2);
    }

    // At another time of day each: no season explains it, but it is nothing out of the ordinary.
    [Fact]
    public void Judge_SpikeOnMostDays_IsTheSeriesOwnHabit()
    {
        static double Spike(DateTime time, double value) =>
            time.Hour == time.DayOfYear * 7 % 24 && time.Minute < 10 ? value + 800 : value;
        var series = new SyntheticSeries(18) { Change = Spike };
        BandPoint[] points = series.Make(42);
        BandModel model = Learnt(series, points.AsSpan(0, 28 * PerDay));
        Assert.InRange(Run(model, points.AsSpan(28 * PerDay)).Count, 0, 8); // Of 28.
        Assert.True(model.Judge(model.LastTicks + 1, 10_000, out _) > 1);
    }

    [Fact]
    public void Judge_OutagesInTheHistory_AreNotLearnt()
    {
        static double Fail(DateTime time, double value) => time.Day is 27 or 1 && time.Hour is >= 3 and < 7 ? 0 : value;
        var clean = new SyntheticSeries(4);
        var broken = new SyntheticSeries(4) { Change = Fail };
        Band expected = Learnt(clean, clean.Make(28)).Expect(new DateTime(2026, 9, 17, 4, 0, 0, DateTimeKind.Utc).Ticks);
        Band actual = Learnt(broken, broken.Make(28)).Expect(new DateTime(2026, 9, 17, 4, 0, 0, DateTimeKind.Utc).Ticks);
        Assert.InRange(actual.Expected, expected.Expected * 0.93, expected.Expected * 1.07);
        Assert.InRange(actual.Lower, expected.Lower * 0.75, expected.Lower * 1.1);
    }

    [Theory]
    [InlineData(2.0)]
    [InlineData(0.4)]
    public void Observe_LastingChange_MovesTheBandWithinTheSetTime(double factor)
    {
        var changeAt = new DateTime(2026, 9, 21, 0, 0, 0, DateTimeKind.Utc);
        var series = new SyntheticSeries(5) { Change = (time, value) => time >= changeAt ? Math.Round(value * factor) : value };
        BandPoint[] points = series.Make(34);
        BandModel model = Learnt(series, points.AsSpan(0, 28 * PerDay));
        List<long> outside = Run(model, points.AsSpan(28 * PerDay));
        Assert.InRange(outside.Count(ticks => ticks >= changeAt.Ticks && ticks < changeAt.AddHours(6).Ticks), 60, 72);
        Assert.InRange(outside.Count(ticks => ticks >= changeAt.AddHours(7).Ticks), 0, 4);
    }

    [Fact]
    public void Observe_LongOutageEnds_BandIsBackAtOnce()
    {
        var from = new DateTime(2026, 9, 21, 23, 0, 0, DateTimeKind.Utc);
        var series = new SyntheticSeries(6) { Change = (time, value) => time >= from && time < from.AddHours(9) ? 0 : value };
        BandPoint[] points = series.Make(34);
        BandModel model = Learnt(series, points.AsSpan(0, 28 * PerDay));
        List<long> outside = Run(model, points.AsSpan(28 * PerDay));
        Assert.Contains(from.Ticks, outside);
        Assert.InRange(outside.Count(ticks => ticks >= from.AddHours(9).Ticks), 1, 6);
    }

    [Fact]
    public void Expect_ClockChange_SeasonFollowsTheLocalClock()
    {
        var berlin = new Calendar(new CalendarDefinition { TimeZone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin") });
        var series = new SyntheticSeries(7) { Calendar = berlin, Start = new DateTime(2026, 9, 20, 0, 0, 0, DateTimeKind.Utc) };
        BandPoint[] points = series.Make(42); // The clock goes back on 25 October.
        BandModel model = Learnt(series, points.AsSpan(0, 33 * PerDay));
        Assert.InRange(Run(model, points.AsSpan(33 * PerDay)).Count, 0, 3);

        // The lunch peak is an hour later by Coordinated Universal Time than before.
        double before = model.Expect(new DateTime(2026, 10, 23, 10, 15, 0, DateTimeKind.Utc).Ticks).Expected;
        double after = model.Expect(new DateTime(2026, 10, 30, 11, 15, 0, DateTimeKind.Utc).Ticks).Expected;
        Assert.InRange(after, before * 0.9, before * 1.1);
    }

    [Fact]
    public void Expect_HolidayLearnt_DiffersFromTheWeekday()
    {
        var series = new SyntheticSeries(8) { Start = new DateTime(2026, 9, 10, 15, 0, 0, DateTimeKind.Utc) };
        BandModel model = Learnt(series, series.Make(28)); // With Chuseok and two other holidays, up to Thursday, 8 October.
        long Noon(int day) => new DateTime(2026, 10, day, 3, 0, 0, DateTimeKind.Utc).Ticks;
        Assert.InRange(model.Expect(Noon(9)).Expected / model.Expect(Noon(16)).Expected, 0.45, 0.63);
        Assert.InRange(model.Expect(Noon(11)).Expected / model.Expect(Noon(16)).Expected, 0.5, 0.7);
    }

    [Fact]
    public void Learn_ThenObserve_NearlyEqualsLearningAll()
    {
        var series = new SyntheticSeries(9) { Start = new DateTime(2026, 6, 10, 0, 0, 0, DateTimeKind.Utc) };
        BandPoint[] points = series.Make(42);
        BandModel online = Learnt(series, points.AsSpan(0, 28 * PerDay));
        foreach (BandPoint point in points.AsSpan(28 * PerDay))
        {
            online.Observe(point.Ticks, point.Value);
        }

        BandModel batch = Learnt(series, points);
        for (int point = 0; point < 7 * PerDay; point++)
        {
            long ticks = points[^1].Ticks + ((point + 1) * 5 * TimeSpan.TicksPerMinute);
            Band one = online.Expect(ticks);
            Band other = batch.Expect(ticks);
            Assert.InRange(one.Expected, other.Expected * 0.85, other.Expected * 1.15);
            Assert.InRange(one.Upper - one.Expected, (other.Upper - other.Expected) * 0.6, (other.Upper - other.Expected) * 1.6);
        }
    }

    [Fact]
    public void Learn_Twice_IsTheSame()
    {
        var series = new SyntheticSeries(10);
        BandPoint[] points = series.Make(28);
        BandModel model = Learnt(series, points);
        byte[] first = Bytes(model);
        model.Learn(points.Reverse().ToArray());
        Assert.Equal(first, Bytes(model));
    }

    [Fact]
    public void Observe_LateOrExcludedPoint_ChangesNothing()
    {
        var series = new SyntheticSeries(11);
        BandPoint[] points = series.Make(20);
        BandModel model = Learnt(series, points);
        byte[] before = Bytes(model);
        model.Observe(points[^1].Ticks, 1e9);
        model.Observe(points[100].Ticks, 1e9);
        model.Observe(points[^1].Ticks + 1, double.NaN);
        model.Observe(points[^1].Ticks + 1, double.PositiveInfinity);
        model.Observe(points[^1].Ticks + 1, 1e9, PointUse.Exclude);
        Assert.Equal(before, Bytes(model));
    }

    [Fact]
    public void Learn_ExcludedSpans_AreAsIfTheyHadNotBeen()
    {
        long from = new DateTime(2026, 9, 1, 0, 0, 0, DateTimeKind.Utc).Ticks;
        long to = from + (3 * TimeSpan.TicksPerDay);
        var series = new SyntheticSeries(12) { Change = (time, value) => time.Ticks >= from && time.Ticks < to ? value * 50 : value };
        BandPoint[] points = series.Make(28);
        var excluding = new BandModel(new BandOptions(), series.Calendar);
        excluding.Learn(points, ticks => ticks >= from && ticks < to);
        var without = new BandModel(new BandOptions(), series.Calendar);
        without.Learn(points.Where(point => point.Ticks < from || point.Ticks >= to).ToArray());
        Assert.Equal(Bytes(without), Bytes(excluding));
    }

    [Theory]
    [InlineData(5.0)]
    [InlineData(0.0)]
    [InlineData(-3.25)]
    [InlineData(1e300)]
    [InlineData(-1e300)]
    public void Judge_ConstantOrHugeSeries_IsFinite(double value)
    {
        BandPoint[] points = [.. Enumerable.Range(0, 28 * PerDay).Select(point => new BandPoint(s_start + (point * 5 * TimeSpan.TicksPerMinute), value))];
        var model = new BandModel(new BandOptions(), Calendar.Utc);
        model.Learn(points);
        Assert.Equal(0, model.Judge(model.LastTicks + 1, value, out Band band));
        Assert.True(double.IsFinite(band.Expected) && band.Lower <= value && band.Upper >= value, band.ToString());
        double score = model.Judge(model.LastTicks + 1, (value * 2) + 100, out _);
        Assert.True(score >= 1 || Math.Abs(value) > 1e299, score.ToString(System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public void Learn_NothingOrOnePoint_IsNotReady()
    {
        var model = new BandModel(new BandOptions(), Calendar.Utc);
        model.Learn([]);
        Assert.Equal(0, model.PointCount);
        model.Learn([new BandPoint(s_start, 5)]);
        Assert.False(model.Expect(s_start + 1).IsReady);
        model.Learn([new BandPoint(s_start, double.NaN)]);
        Assert.Equal(0, model.PointCount);
    }

    [Fact]
    public void MeasureBytes_OfAWeek_IsWithinTheBudget()
    {
        var series = new SyntheticSeries(14) { HasNightlyJob = true };
        BandModel model = Learnt(series, series.Make(28));
        Assert.Equal(SeasonChoice.Week, model.Season);
        Assert.InRange(model.MeasureBytes(), 2000, 8192);
    }

    [Fact]
    public void Read_Written_GoesOnTheSame()
    {
        var series = new SyntheticSeries(15) { HasNightlyJob = true };
        BandPoint[] points = series.Make(40);
        BandModel model = Learnt(series, points.AsSpan(0, 28 * PerDay));
        BandModel restored = Restore(Bytes(model), series.Calendar);
        Run(model, points.AsSpan(28 * PerDay));
        Run(restored, points.AsSpan(28 * PerDay));
        Assert.Equal(Bytes(model), Bytes(restored));
    }

    [Fact]
    public void Read_OtherStep_LearnsAnew()
    {
        var series = new SyntheticSeries(16);
        using var reader = new BinaryReader(new MemoryStream(Bytes(Learnt(series, series.Make(28)))));
        BandModel model = BandModel.Read(reader, new BandOptions { Step = TimeSpan.FromMinutes(1) }, series.Calendar);
        Assert.Equal(0, model.PointCount);
        Assert.Equal(reader.BaseStream.Length, reader.BaseStream.Position);
    }

    [Fact]
    public void Read_BrokenBytes_SaysSoOrGivesAModel()
    {
        var series = new SyntheticSeries(17);
        byte[] bytes = Bytes(Learnt(series, series.Make(28)));
        var random = new Random(1);
        for (int round = 0; round < 2000; round++)
        {
            byte[] broken = bytes.AsSpan(0, random.Next(3) == 0 ? random.Next(bytes.Length) : bytes.Length).ToArray();
            for (int change = random.Next(4); change > 0 && broken.Length > 0; change--)
            {
                broken[random.Next(Math.Min(broken.Length, 200))] = (byte)random.Next(256);
            }

            try
            {
                BandModel model = Restore(broken, series.Calendar);
                long ticks = series.Start.AddDays(28).Ticks;
                model.Judge(ticks, 5, out _);
                model.Observe(ticks, 5);
                model.Judge(ticks + 1, 5, out _);
            }
            catch (InvalidDataException error)
            {
                Assert.StartsWith("band model: ", error.Message, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public void Judge_OneSided_IgnoresTheOtherSide()
    {
        var model = new BandModel(new BandOptions { IsLower = false, MinPoints = 2 }, Calendar.Utc);
        var random = new Random(2);
        for (int point = 0; point < 500; point++)
        {
            model.Observe(s_start + (point * 5 * TimeSpan.TicksPerMinute), 100.5 + random.NextDouble());
        }

        Assert.Equal(0, model.Judge(model.LastTicks + 1, 0, out Band band));
        Assert.Equal(double.NegativeInfinity, band.Lower);
        Assert.True(model.Judge(model.LastTicks + 1, 1000, out _) > 1);
    }

    private static BandModel Learnt(SyntheticSeries series, ReadOnlySpan<BandPoint> points)
    {
        var model = new BandModel(new BandOptions { Step = series.Step }, series.Calendar);
        model.Learn(points);
        return model;
    }

    // As a rule does it: judge, then learn, points of alerts marked as such. Gives the times outside.
    private static List<long> Run(BandModel model, ReadOnlySpan<BandPoint> points)
    {
        List<long> outside = [];
        foreach (BandPoint point in points)
        {
            bool isOutside = model.Judge(point.Ticks, point.Value, out _) >= 1;
            if (isOutside)
            {
                outside.Add(point.Ticks);
            }

            model.Observe(point.Ticks, point.Value, isOutside ? PointUse.Alerting : PointUse.Train);
        }

        return outside;
    }

    private static byte[] Bytes(BandModel model)
    {
        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes);
        model.Write(writer);
        return bytes.ToArray();
    }

    private static BandModel Restore(byte[] bytes, Calendar calendar)
    {
        using var reader = new BinaryReader(new MemoryStream(bytes));
        return BandModel.Read(reader, new BandOptions(), calendar);
    }
}
