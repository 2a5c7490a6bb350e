using Bongsu.Alert.Bands;

namespace Bongsu.Tests.Alert.Bands;

/// <summary>Kinds of trouble that need no season known beforehand, and kinds of peace.</summary>
public sealed class StreamingDetectorTests
{
    private const double Alarming = 0.5;

    // What is alarming before that is told by no more than a hundred values, and not looked at here.
    private const int SettledRow = 750;

    private static readonly long s_step = TimeSpan.FromMinutes(5).Ticks;

    [Fact]
    public void Score_ConstantSeries_IsZero() => Assert.Equal(0, Run(3000, _ => 45.1).Max());

    [Fact]
    public void Score_ConstantThenOther_IsAlarmingAtOnceAndOnlyOnce()
    {
        double[] scores = Run(3000, row => row < 2000 ? 45.1 : 46);
        Assert.Equal([2000], Alarms(scores));
    }

    [Fact]
    public void Score_Noise_StaysQuiet()
    {
        double alarmsOfTenThousand = Enumerable.Range(0, 20).Average(seed => Alarms(Run(10_000, Noise(seed))).Length);
        Assert.InRange(alarmsOfTenThousand, 0, 2);
    }

    [Theory]
    [InlineData(30)]
    [InlineData(-30)]
    public void Score_Spike_IsAlarming(double height)
    {
        Func<int, double> noise = Noise(1);
        Assert.Contains(2500, Alarms(Run(3000, row => noise(row) + (row == 2500 ? height : 0))));
    }

    [Fact]
    public void Score_LevelShift_IsAlarmingSoon()
    {
        Func<int, double> noise = Noise(2);
        int[] alarms = Alarms(Run(4000, row => noise(row) + (row >= 2500 ? 8 : 0)));
        Assert.Contains(alarms, row => row is >= 2500 and < 2510);
        Assert.InRange(alarms.Length, 1, 4);
    }

    [Fact]
    public void Score_SpikesThatComeOften_AreNoNews()
    {
        var random = new Random(3);
        int[] alarms = Alarms(Run(6000, _ => random.NextDouble() < 0.03 ? 20 : 1));
        Assert.InRange(alarms.Length, 0, 2);
    }

    [Fact]
    public void Score_DayWithoutItsPeak_IsAlarming()
    {
        Func<int, double> noise = Noise(4);
        double[] scores = Run(288 * 14, row => noise(row) + (row % 288 is >= 108 and < 216 && row / 288 != 11 ? 60 : 20));
        int[] alarms = Alarms(scores);
        Assert.Contains(alarms, row => row is >= (288 * 11) + 108 and < (288 * 11) + 216);
        Assert.DoesNotContain(alarms, row => row is > 288 * 4 and < 288 * 11);
    }

    [Fact]
    public void Score_UnitAndSign_MakeNoDifference()
    {
        Func<int, double> noise = Noise(5);
        double[] plain = Run(3000, row => noise(row) + (row == 2500 ? 30 : 0));
        double[] scaled = Run(3000, row => -1024 * (noise(row) + (row == 2500 ? 30 : 0)));
        Assert.Equal(plain, scaled);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    public void Score_NotFinite_IsPassedOver(double strange)
    {
        Func<int, double> noise = Noise(6);
        double[] with = Run(2000, row => row % 10 == 3 ? strange : noise(row));
        var detector = new StreamingDetector();
        double[] without = [.. Enumerable.Range(0, 2000).Where(row => row % 10 != 3).Select(row => detector.Score(row * s_step, noise(row)))];
        Assert.Equal(without, with.Where((_, row) => row % 10 != 3));
        Assert.All(with.Where((_, row) => row % 10 == 3), score => Assert.Equal(0, score));
    }

    [Fact]
    public void Score_HugeValuesAndTimes_StaysWithinItsRange()
    {
        var random = new Random(7);
        double[] values = [double.MaxValue, double.MinValue, double.Epsilon, 0, 1, -1e300];
        long[] times = [long.MinValue, long.MaxValue, 0, -1];
        var detector = new StreamingDetector();
        for (int row = 0; row < 5000; row++)
        {
            double score = detector.Score(times[random.Next(times.Length)], values[random.Next(values.Length)]);
            Assert.InRange(score, 0, 1);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(50)]
    [InlineData(1700)]
    [InlineData(2510)]
    public void Read_WhatWasWritten_GoesOnAsIfNothingHadBeen(int cut)
    {
        Func<int, double> noise = Noise(8);
        double Value(int row) => noise(row) + (row is >= 2500 and < 2520 ? row - 2490 : 0);
        double[] whole = Run(4000, Value);
        var detector = new StreamingDetector();
        for (int row = 0; row < 4000; row++)
        {
            detector = row == cut ? Read(Write(detector)) : detector;
            Assert.Equal(whole[row], detector.Score(row * s_step, Value(row)));
        }
    }

    [Fact]
    public void Read_BrokenBytes_SaysSo()
    {
        var detector = new StreamingDetector();
        Func<int, double> noise = Noise(9);
        for (int row = 0; row < 500; row++)
        {
            detector.Score(row * s_step, noise(row));
        }

        byte[] bytes = Write(detector);
        for (int length = 0; length < bytes.Length; length++)
        {
            Assert.Throws<InvalidDataException>(() => Read(bytes[..length]));
        }

        var random = new Random(9);
        for (int round = 0; round < 2000; round++)
        {
            byte[] broken = [.. bytes];
            broken[random.Next(broken.Length)] ^= (byte)(1 << random.Next(8));
            if (TryRead(broken) is { } survivor)
            {
                Assert.InRange(survivor.Score(0, 12), 0, 1);
            }
        }
    }

    [Fact]
    public void MeasureBytes_IsSmallAndNeverGrows()
    {
        Assert.InRange(new StreamingDetector().MeasureBytes(), 1000, 4096);
        Assert.InRange(Write(new StreamingDetector()).Length, 1000, 4096);
    }

    private static double[] Run(int rowCount, Func<int, double> value)
    {
        var detector = new StreamingDetector();
        return [.. Enumerable.Range(0, rowCount).Select(row => detector.Score(row * s_step, value(row)))];
    }

    private static int[] Alarms(double[] scores) =>
        [.. Enumerable.Range(0, scores.Length).Where(row => row >= SettledRow && scores[row] >= Alarming)];

    // Normal with mean 10 and deviation 1, the same for a row whenever it is asked.
    private static Func<int, double> Noise(int seed)
    {
        var random = new Random(seed);
        double[] values =
        [
            .. Enumerable.Range(0, 10_000).Select(_ =>
                10 + (Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()))),
        ];
        return row => values[row];
    }

    private static byte[] Write(StreamingDetector detector)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        detector.Write(writer);
        writer.Flush();
        return stream.ToArray();
    }

    private static StreamingDetector Read(byte[] bytes) => StreamingDetector.Read(new BinaryReader(new MemoryStream(bytes)));

    private static StreamingDetector? TryRead(byte[] bytes)
    {
        try
        {
            return Read(bytes);
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }
}
