using System.Globalization;
using System.Text;
using Bongsu.Ingest.Fields;
using Bongsu.Ingest.Files.Times;

namespace Bongsu.Tests.Ingest.Files.Times;

public class TimeScannerTests
{
    [Theory]
    [InlineData("2015-10-18 18:01:47,978 INFO", "2015-10-18T18:01:47.9780000Z", 23)]
    [InlineData("2015-07-29 17:41:44.747123 - INFO", "2015-07-29T17:41:44.7471230Z", 26)]
    [InlineData("2024-01-01T10:00:00Z x", "2024-01-01T10:00:00.0000000Z", 20)]
    [InlineData("2024-01-01T10:00:00.123456789+09:00 x", "2024-01-01T01:00:00.1234567Z", 35)]
    [InlineData("2024-01-01 10:00:00.5 +0900 x", "2024-01-01T01:00:00.5000000Z", 27)]
    [InlineData("2014-11-03T18:28:32.450-0500 I", "2014-11-03T23:28:32.4500000Z", 28)]
    [InlineData("2025-04-12 00:14:12.837 CEST [1]", "2025-04-11T22:14:12.8370000Z", 28)]
    [InlineData("2024/06/14 15:16:01 [error]", "2024-06-14T15:16:01.0000000Z", 19)]
    [InlineData("2005-06-03-15.42.50.675872 R02", "2005-06-03T15:42:50.6758720Z", 26)]
    [InlineData("081109 203615 148", "2008-11-09T20:36:15.0000000Z", 13)]
    [InlineData("150101  7:10:10 [Note]", "2015-01-01T07:10:10.0000000Z", 15)]
    [InlineData("20171223-22:15:29:606|Step", "2017-12-23T22:15:29.6060000Z", 21)]
    [InlineData("20171224-0:7:20:5|Step", "2017-12-24T00:07:20.0050000Z", 17)]
    [InlineData("20120702.102240,672:DEBUG", "2012-07-02T10:22:40.6720000Z", 19)]
    [InlineData("20261120T010203Z x", "2026-11-20T01:02:03.0000000Z", 16)]
    [InlineData("20261120010203 x", "2026-11-20T01:02:03.0000000Z", 14)]
    [InlineData("2012-025T10:22:40,672:DEBUG", "2012-01-25T10:22:40.6720000Z", 21)]
    [InlineData("1428634687123 Hello", "2015-04-10T02:58:07.1230000Z", 13)]
    [InlineData("1428634687 Hello", "2015-04-10T02:58:07.0000000Z", 10)]
    [InlineData("1286536308.779    180", "2010-10-08T11:11:48.7790000Z", 14)]
    [InlineData("17/May/2015:10:05:03 +0900]", "2015-05-17T01:05:03.0000000Z", 26)]
    [InlineData("05-Sep-2019 23:29:54.123 INFO", "2019-09-05T23:29:54.1230000Z", 24)]
    [InlineData("14 Nov 2023 07:01:22.119 * x", "2023-11-14T07:01:22.1190000Z", 24)]
    [InlineData("17/06/09 20:10:40 INFO", "2017-06-09T20:10:40.0000000Z", 17)]
    [InlineData("12/25/2023 11:15:29 PM x", "2023-12-25T23:15:29.0000000Z", 22)]
    [InlineData("25.12.2023 23:15:29 x", "2023-12-25T23:15:29.0000000Z", 19)]
    [InlineData("Jun 14, 2024 3:16:01 PM org", "2024-06-14T15:16:01.0000000Z", 23)]
    [InlineData("Jun 14 2024 15:16:01: %ASA", "2024-06-14T15:16:01.0000000Z", 20)]
    [InlineData("Sun Dec 04 04:47:44 2005]", "2005-12-04T04:47:44.0000000Z", 24)]
    [InlineData("Fri Sep 09 10:42:29.902022 2011]", "2011-09-09T10:42:29.9020220Z", 31)]
    [InlineData("Wed May 19 08:00:01 EST 2021 line", "2021-05-19T13:00:01.0000000Z", 28)]
    [InlineData("Sun, 04 Dec 2005 04:47:44 GMT x", "2005-12-04T04:47:44.0000000Z", 29)]
    [InlineData("2024-01-01 오후 3:04:05 x", "2024-01-01T15:04:05.0000000Z", 25)]
    [InlineData("I20240614 15:16:01.123456  1 f.cc:1]", "2024-06-14T15:16:01.1234560Z", 25)]
    [InlineData("2016-12-31 23:59:60 x", "2017-01-01T00:00:00.0000000Z", 19)]
    public void TryScan_KnownShapes_GiveTheInstant(string text, string expected, int end)
    {
        byte[] utf8 = Encoding.UTF8.GetBytes(text);
        Assert.True(TimeScanner.TryScan(utf8, 0, out ScannedTime time, out int found));
        Assert.Equal(expected, Iso(new TimeResolver(TimeZoneInfo.Utc, new FixedClock(LogFiles.Now)).Resolve(time)));
        Assert.Equal(end, found);
    }

    [Theory]
    [InlineData("17 errors found")]
    [InlineData("10.251.73.220:50010 is added")]
    [InlineData("123456789012 x")]
    [InlineData("999999999 x")]
    [InlineData("2024-13-01 10:00:00")]
    [InlineData("2023-02-29 10:00:00")]
    [InlineData("2024-01-01 25:00:00")]
    [InlineData("1.2.3.4 10:00:00 x")]
    [InlineData("Maybe 10:00:00")]
    [InlineData("12:34")]
    [InlineData("May the 4th 10:00:00")]
    [InlineData("")]
    public void TryScan_OtherText_IsNoTime(string text) =>
        Assert.False(TimeScanner.TryScan(Encoding.UTF8.GetBytes(text), 0, out _, out _));

    [Theory]
    [InlineData("Jun 14 15:16:01 x", "2026-06-14T15:16:01")]
    [InlineData("Nov 21 04:59:59 x", "2026-11-21T04:59:59")]
    [InlineData("Nov 21 05:00:01 x", "2025-11-21T05:00:01")]
    [InlineData("Dec 31 23:59:59 x", "2025-12-31T23:59:59")]
    [InlineData("Feb 29 00:00:00 x", "2024-02-29T00:00:00")]
    [InlineData("03-17 16:13:38.811 x", "2026-03-17T16:13:38.8110000")]
    public void Resolve_WithoutYear_TheLatestNotInTheFuture(string text, string expected) =>
        Assert.StartsWith(expected, Iso(Resolve(text, TimeZoneInfo.Utc)), StringComparison.Ordinal);

    [Fact]
    public void Resolve_WithoutYear_TheFutureIsJudgedInTheZone() =>
        Assert.Equal("2026-11-21T04:00:00.0000000Z", Iso(Resolve("Nov 21 13:00:00 x", Zone("Asia/Seoul"))));

    [Theory]
    [InlineData("2024-07-01 12:00:00", "Asia/Seoul", "2024-07-01T03:00:00.0000000Z")]
    [InlineData("2024-07-01 12:00:00", "America/New_York", "2024-07-01T16:00:00.0000000Z")]
    [InlineData("2024-07-01 12:00:00", "-03:30", "2024-07-01T15:30:00.0000000Z")]
    [InlineData("2024-03-10 02:30:00", "America/New_York", "2024-03-10T07:30:00.0000000Z")]
    public void Resolve_WithoutZone_TakesTheZoneGiven(string text, string zone, string expected) =>
        Assert.Equal(expected, Iso(Resolve(text, Zone(zone))));

    [Fact]
    public void Resolve_HourThatComesTwice_GoesOnFromTheLineBefore()
    {
        var resolver = new TimeResolver(Zone("America/New_York"), new FixedClock(LogFiles.Now));
        string[] lines = ["2024-11-03 00:59:00", "2024-11-03 01:30:00", "2024-11-03 01:59:00", "2024-11-03 01:10:00", "2024-11-03 02:00:00"];
        string[] expected = ["04:59", "05:30", "05:59", "06:10", "07:00"];
        for (int line = 0; line < lines.Length; line++)
        {
            TimeScanner.TryScan(Encoding.UTF8.GetBytes(lines[line]), 0, out ScannedTime time, out _);
            Assert.Equal(expected[line], Iso(resolver.Resolve(time))[11..16]);
        }
    }

    [Theory]
    [InlineData("Mars/Base")]
    [InlineData("+25:00")]
    [InlineData("+9x")]
    public void TryFind_UnknownZone_SaysWhatIsExpected(string zone)
    {
        Assert.False(ZoneName.TryFind(zone, out _, out string? error));
        Assert.Contains("expected", error, StringComparison.Ordinal);
    }

    [Fact]
    public void TryScan_RandomBytes_NeverThrowsOrPassesTheEnd()
    {
        var random = new Random(7);
        byte[] alphabet = Encoding.UTF8.GetBytes("0123456789-:/., TZ+JunMonSepI오");
        for (int round = 0; round < 200_000; round++)
        {
            byte[] text = new byte[random.Next(0, 32)];
            for (int at = 0; at < text.Length; at++)
            {
                text[at] = alphabet[random.Next(alphabet.Length)];
            }

            if (TimeScanner.TryScan(text, 0, out ScannedTime time, out int end))
            {
                Assert.InRange(end, 1, text.Length);
                new TimeResolver(Zone("America/New_York"), new FixedClock(LogFiles.Now)).Resolve(time);
            }
        }
    }

    private static EventTime Resolve(string text, TimeZoneInfo zone)
    {
        Assert.True(TimeScanner.TryScan(Encoding.UTF8.GetBytes(text), 0, out ScannedTime time, out _));
        return new TimeResolver(zone, new FixedClock(LogFiles.Now)).Resolve(time);
    }

    private static TimeZoneInfo Zone(string name)
    {
        Assert.True(ZoneName.TryFind(name, out TimeZoneInfo zone, out string? error), error);
        return zone;
    }

    private static string Iso(EventTime time) =>
        new DateTime(time.Ticks, DateTimeKind.Utc).ToString("O", CultureInfo.InvariantCulture);
}
