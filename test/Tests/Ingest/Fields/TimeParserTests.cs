using System.Globalization;
using System.Text;
using Bongsu.Ingest.Fields;

namespace Bongsu.Tests.Ingest.Fields;

public sealed class TimeParserTests
{
    [Theory]
    [InlineData("2026-11-20T01:02:03Z", "2026-11-20T01:02:03.0000000", 0)]
    [InlineData("2026-11-20T01:02:03.001Z", "2026-11-20T01:02:03.0010000", 0)]
    [InlineData("2026-11-20T01:02:03.1Z", "2026-11-20T01:02:03.1000000", 0)]
    [InlineData("2026-11-20T01:02:03.123456789Z", "2026-11-20T01:02:03.1234567", 89)]
    [InlineData("2026-11-20T01:02:03.123456789123Z", "2026-11-20T01:02:03.1234567", 89)]
    [InlineData("2026-11-20 01:02:03,456", "2026-11-20T01:02:03.4560000", 0)]
    [InlineData("2026-11-20t01:02:03z", "2026-11-20T01:02:03.0000000", 0)]
    [InlineData("2026-11-20T10:02:03+0900", "2026-11-20T01:02:03.0000000", 0)]
    [InlineData("2026-11-20T10:02:03.5+09:00", "2026-11-20T01:02:03.5000000", 0)]
    [InlineData("2026-11-20T10:02:03+09", "2026-11-20T01:02:03.0000000", 0)]
    [InlineData("2026-11-19T21:32:03-03:30", "2026-11-20T01:02:03.0000000", 0)]
    [InlineData("2026-11-20 10:02:03 +0900", "2026-11-20T01:02:03.0000000", 0)]
    [InlineData("2026-11-20 10:02:03 KST", "2026-11-20T01:02:03.0000000", 0)]
    [InlineData("2026/11/20 01:02:03", "2026-11-20T01:02:03.0000000", 0)]
    [InlineData("2026-11-20T01:02", "2026-11-20T01:02:00.0000000", 0)]
    [InlineData("2026-11-20", "2026-11-20T00:00:00.0000000", 0)]
    [InlineData("20261120T010203Z", "2026-11-20T01:02:03.0000000", 0)]
    [InlineData("20261120T010203.5Z", "2026-11-20T01:02:03.5000000", 0)]
    [InlineData("2026-11-20T23:59:60Z", "2026-11-21T00:00:00.0000000", 0)]
    [InlineData("2026-11-20T24:00:00Z", "2026-11-21T00:00:00.0000000", 0)]
    [InlineData(" 2026-11-20T01:02:03Z ", "2026-11-20T01:02:03.0000000", 0)]
    [InlineData("1795136523", "2026-11-20T01:02:03.0000000", 0)]
    [InlineData("1795136523.25", "2026-11-20T01:02:03.2500000", 0)]
    [InlineData("1795136523.123456789", "2026-11-20T01:02:03.1234567", 89)]
    [InlineData("1795136523001", "2026-11-20T01:02:03.0010000", 0)]
    [InlineData("1795136523001002", "2026-11-20T01:02:03.0010020", 0)]
    [InlineData("1795136523001002003", "2026-11-20T01:02:03.0010020", 3)]
    [InlineData("Fri, 20 Nov 2026 10:02:03 +0900", "2026-11-20T01:02:03.0000000", 0)]
    [InlineData("20 Nov 2026 01:02:03 GMT", "2026-11-20T01:02:03.0000000", 0)]
    [InlineData("Fri, 20 Nov 26 01:02 UT", "2026-11-20T01:02:00.0000000", 0)]
    [InlineData("20/Nov/2026:10:02:03 +0900", "2026-11-20T01:02:03.0000000", 0)]
    public void TryParse_KnownShape_GivesUtcTicks(string text, string expected, int remainderNs)
    {
        Assert.True(new TimeParser().TryParse(Encoding.UTF8.GetBytes(text), out EventTime time));
        Assert.Equal(expected, new DateTime(time.Ticks).ToString("yyyy-MM-ddTHH:mm:ss.fffffff", CultureInfo.InvariantCulture));
        Assert.Equal(remainderNs, time.RemainderNs);
    }

    [Theory]
    [InlineData("")]
    [InlineData("yesterday")]
    [InlineData("2026-13-20T01:02:03Z")]
    [InlineData("2026-02-29T01:02:03Z")]
    [InlineData("2026-11-20T25:00:00Z")]
    [InlineData("2026-11-20T24:00:01Z")]
    [InlineData("2026-11-20T01:60:03Z")]
    [InlineData("2026-11-20T01:02:03Zjunk")]
    [InlineData("2026-11-20T01:02:03+99:00")]
    [InlineData("0001-01-01T00:00:00+09:00")]
    [InlineData("12345")]
    [InlineData("-1795136523")]
    [InlineData("0.25")]
    [InlineData("20/Nov/2026")]
    [InlineData("99999999999999999999999999")]
    public void TryParse_NoTime_IsRefused(string text) =>
        Assert.False(new TimeParser().TryParse(Encoding.UTF8.GetBytes(text), out _));

    [Fact]
    public void TryParse_NoZone_TakesTheDefaultZone()
    {
        TimeZoneInfo seoul = TimeZoneInfo.CreateCustomTimeZone("seoul", TimeSpan.FromHours(9), "seoul", "seoul");
        var parser = new TimeParser(seoul);
        Assert.True(parser.TryParse("2026-11-20 10:02:03"u8, out EventTime local));
        Assert.True(parser.TryParse("2026-11-20T01:02:03Z"u8, out EventTime utc));
        Assert.Equal(utc, local);
    }

    [Fact]
    public void TryParse_AnyInstantInAnyForm_IsThatInstant()
    {
        var random = new Random(7);
        var parser = new TimeParser();
        for (int round = 0; round < 2_000; round++)
        {
            var instant = new DateTime(random.NextInt64(DateTime.MaxValue.Ticks), DateTimeKind.Utc);
            string text = instant.ToString("yyyy-MM-ddTHH:mm:ss.fffffff", CultureInfo.InvariantCulture)[..(20 + random.Next(1, 8))];
            long expected = DateTime.Parse(text, CultureInfo.InvariantCulture).Ticks;
            Assert.True(parser.TryParse(Encoding.UTF8.GetBytes(text + "Z"), out EventTime time), text);
            Assert.Equal(expected, time.Ticks);
            Assert.True(parser.TryParse(Encoding.UTF8.GetBytes(text.Replace('T', ' ').Replace('.', ',')), out time), text);
            Assert.Equal(expected, time.Ticks);
        }
    }

    [Fact]
    public void TryFromNumber_Double_IsExactToTheMicrosecond()
    {
        Assert.True(TimeParser.TryFromNumber(1795136523.123457, out EventTime time));
        Assert.Equal("03.1234570", new DateTime(time.Ticks).ToString("ss.fffffff", CultureInfo.InvariantCulture));
        Assert.False(TimeParser.TryFromNumber(double.NaN, out _));
        Assert.False(TimeParser.TryFromNumber(0.003, out _));
    }
}
