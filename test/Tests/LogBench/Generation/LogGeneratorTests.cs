using System.Security.Cryptography;
using System.Text;
using Bongsu.LogBench.Answers;
using Bongsu.LogBench.Generation;

namespace Bongsu.Tests.LogBench.Generation;

public sealed class LogGeneratorTests
{
    [Fact]
    public void Write_SameSeed_GivesTheSameBytesOnEveryMachine()
    {
        var lines = new LineWriter();
        new LogGenerator(2000, 3, 7).Write(0, lines);
        Assert.Equal("70c7821d2b98e56b956a0329ccb81db8a7788c3eb2e934be3371693f69893903", Convert.ToHexStringLower(SHA256.HashData(lines.Written)));
    }

    [Fact]
    public void Write_ChunksInAnyOrder_GiveTheSameBytes()
    {
        var generator = new LogGenerator(LogGenerator.ChunkRows + 500, 1, 7);
        var second = new LineWriter();
        generator.Write(1, second);
        byte[] alone = second.Written.ToArray();
        second.Clear();
        generator.Write(0, new LineWriter());
        generator.Write(1, second);
        Assert.Equal(alone, second.Written);
        Assert.Equal(500, alone.Count(value => value == '\n'));
    }

    [Fact]
    public void Write_OverDays_RowsAreSortedAndReachTheLastDay()
    {
        var lines = new LineWriter();
        new LogGenerator(5000, 4, 1).Write(0, lines);
        LogRow[] rows = Rows(lines);
        Assert.Equal(5000, rows.Length);
        Assert.Equal(rows.Select(row => row.TimeMs).Order(), rows.Select(row => row.TimeMs));
        Assert.Equal(4, rows.Select(row => row.TimeMs / 86_400_000).Distinct().Count());
        Assert.Equal(3, rows.Count(row => row.Message.EndsWith(" " + LogGenerator.Needle, StringComparison.Ordinal)));
        Assert.Contains(rows, row => row.Message.Contains(MessageFacts.KoreanWord, StringComparison.Ordinal));
    }

    [Fact]
    public void Wave_AnyRow_LiesInTheMinuteItIsDealtTo()
    {
        var wave = new DayWave(10_000, 2, 5);
        for (long row = 0; row < 10_000; row += 7)
        {
            int minute = wave.MinuteOf(row);
            Assert.InRange(row, wave.FirstRowOf(minute), wave.FirstRowOf(minute) + wave.TimesOf(minute).Length - 1);
        }
    }

    private static LogRow[] Rows(LineWriter lines) =>
        [.. Encoding.UTF8.GetString(lines.Written).Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => LogRow.Parse(Encoding.UTF8.GetBytes(line)))];
}
