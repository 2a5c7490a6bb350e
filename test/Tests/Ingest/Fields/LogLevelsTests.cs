using System.Text;
using Bongsu.Ingest.Fields;

namespace Bongsu.Tests.Ingest.Fields;

public sealed class LogLevelsTests
{
    [Theory]
    [InlineData("info", "info", false)]
    [InlineData("INFO", "info", false)]
    [InlineData("Error", "error", false)]
    [InlineData("WARNING", "warn", true)]
    [InlineData("WARN", "warn", false)]
    [InlineData("CRIT", "fatal", true)]
    [InlineData("NOTICE", "info", true)]
    [InlineData("SEVERE", "error", true)]
    [InlineData("[ERROR]", "error", true)]
    [InlineData("E", "error", true)]
    [InlineData("30", "info", true)]
    [InlineData("3", "error", true)]
    [InlineData("AUDIT", "audit", false)]
    [InlineData("9", "", true)]
    [InlineData("a level of more than thirty-two bytes", "", true)]
    public void Normalise_Text_GivesTheSharedWord(string text, string expected, bool saysMore)
    {
        Assert.Equal(saysMore, LogLevels.Normalise(Encoding.UTF8.GetBytes(text), new byte[32], out ReadOnlySpan<byte> level));
        Assert.Equal(expected, Encoding.UTF8.GetString(level));
    }

    [Theory]
    [InlineData(0, "fatal")]
    [InlineData(7, "debug")]
    [InlineData(10, "trace")]
    [InlineData(35, "info")]
    [InlineData(60, "fatal")]
    public void OfNumber_SyslogOrBunyan_GivesTheSharedWord(int number, string expected) =>
        Assert.Equal(expected, Encoding.UTF8.GetString(LogLevels.OfNumber(number)));

    [Theory]
    [InlineData(1, "trace")]
    [InlineData(10, "info")]
    [InlineData(24, "fatal")]
    [InlineData(0, "")]
    public void OfSeverityNumber_OpenTelemetry_GivesTheSharedWord(int number, string expected) =>
        Assert.Equal(expected, Encoding.UTF8.GetString(LogLevels.OfSeverityNumber(number)));
}
