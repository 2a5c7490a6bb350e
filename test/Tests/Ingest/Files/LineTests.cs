using System.Text;
using System.Text.Json;
using Bongsu.Ingest.Files;

namespace Bongsu.Tests.Ingest.Files;

public class LineTests
{
    private static readonly LineOptions s_noJoin = new() { Zone = TimeZoneInfo.Utc, Join = false };

    [Theory]
    [InlineData("1.2.3.4 - kim [17/May/2015:10:05:03 +0000] \"GET /a?q=1 HTTP/1.1\" 200 12", "kim", "/a", "q=1", "200", "12")]
    [InlineData("h:80 1.2.3.4 - - [17/May/2015:10:05:03 +0000] \"POST /a HTTP/2.0\" 301 - \"-\" \"x\" \"9.9.9.9\"", "-", "/a", "", "301", "")]
    [InlineData("h.example - - [01/Aug/1995:00:00:01 -0400] \"GET /a\"b HTTP/1.0\" 404 0", "-", "/a\"b", "", "404", "0")]
    [InlineData("::1 - - [17/May/2015:10:05:03 +0000] \"-\" 408 0 \"-\" \"-\"", "-", "", "", "408", "0")]
    public void Access_Variants_GiveFields(string line, string user, string path, string query, string status, string bytes)
    {
        JsonElement row = Assert.Single(LogFiles.Rows(line));
        Assert.Equal((user, path, query, status, bytes),
            (row.Text("user"), row.Text("path"), row.Text("query"), row.Text("status"), row.Text("bytes")));
        Assert.NotEmpty(row.Text("client_ip"));
    }

    [Theory]
    [InlineData("I0614 15:16:01.123456  1234 f.cc:12] hello", "info", "1234 f.cc:12] hello")]
    [InlineData("2014-11-03T18:28:32.450-0500 I NETWORK  [thread] up", "info", "I NETWORK  [thread] up")]
    [InlineData("03-17 16:13:38.811  1702  2395 D WindowManager: hi", "debug", "1702  2395 D WindowManager: hi")]
    [InlineData("2015-07-29 17:41:44,747 - INFO  [main] up", "INFO", "INFO  [main] up")]
    [InlineData("[10.30 16:49:06] chrome.exe - open", "", "chrome.exe - open")]
    [InlineData("17/06/09 20:10:40 INFO executor.X: up", "INFO", "INFO executor.X: up")]
    [InlineData("2024/06/14 15:16:01 [error] 12#0: *5 failed", "error", "[error] 12#0: *5 failed")]
    [InlineData("2024-06-14T15:16:01Z 0 [Warning] [MY-010068] x", "Warning", "0 [Warning] [MY-010068] x")]
    [InlineData("2024-06-14 15:16:01 I was here", "", "I was here")]
    [InlineData("2024-06-14 15:16:01 authentication failure", "", "authentication failure")]
    [InlineData("2024-06-14 15:16:01.5 KST [3] LOG:  started", "LOG", "[3] LOG:  started")]
    [InlineData("2013-09-06 22:00:59 DEBUG5 x", "DEBUG", "DEBUG5 x")]
    [InlineData("INFO  [2024-06-14 15:16:01,000] app: up", "INFO", "INFO  app: up")]
    public void Timed_Variants_GiveLevelAndMessage(string line, string level, string message)
    {
        JsonElement row = LogFiles.Rows(line + "\n" + line)[0];
        Assert.Equal((level, message), (row.Text("level"), row.Text("message")));
        Assert.NotEqual("2026-11-21", row.Text("timestamp")[..10]);
    }

    [Fact]
    public void Logfmt_Pairs_AreTypedFieldsAndKeepEveryByte()
    {
        JsonElement row = Assert.Single(LogFiles.Rows(
            "time=2024-01-01T00:00:00Z level=info msg=\"a \\\"b\\\"\" n=12 z=007 r=1.5 r2=1.50 ok=true path=/x?y=z empty="));
        Assert.Equal("a \"b\"", row.Text("msg"));
        Assert.Equal(JsonValueKind.Number, row.GetProperty("n").ValueKind);
        Assert.Equal("007", row.GetProperty("z").GetString());
        Assert.Equal(1.5, row.GetProperty("r").GetDouble());
        Assert.Equal("1.50", row.GetProperty("r2").GetString());
        Assert.True(row.GetProperty("ok").GetBoolean());
        Assert.Equal("/x?y=z", row.Text("path"));
        Assert.StartsWith("2024-01-01T00:00:00", row.Text("timestamp"), StringComparison.Ordinal);
    }

    [Fact]
    public void Json_TimeWithoutZone_GetsTheZone()
    {
        ZoneOf("+09:00", out TimeZoneInfo zone);
        JsonElement row = Assert.Single(LogFiles.Rows("{\"a\":1,\"ts\":\"2024-01-01 09:00:00\",\"b\":2}", new LineOptions { Zone = zone }));
        Assert.Equal("2024-01-01T00:00:00.0000000Z", row.Text("ts"));
        Assert.Equal("2", row.Text("b"));
    }

    [Fact]
    public void Json_WithoutTime_TakesTheLineBefore()
    {
        List<JsonElement> rows = LogFiles.Rows("{\"time\":\"2024-01-01T00:00:00Z\"}\n{\"a\":1}\n{}");
        Assert.Equal("2024-01-01T00:00:00.0000000Z", rows[1].Text("timestamp"));
        Assert.Equal("2024-01-01T00:00:00.0000000Z", rows[2].Text("timestamp"));
    }

    [Fact]
    public void Cp949_Line_IsHangul()
    {
        byte[] line = [.. "2024-01-01 00:00:00 "u8, 0xB0, 0xE1, 0xC1, 0xA6, 0x20, 0xBD, 0xC7, 0xC6, 0xD0, .. "\r\n"u8];
        Assert.Equal("결제 실패", Assert.Single(LogFiles.Rows(line)).Text("message"));
    }

    [Fact]
    public void WrongBytes_StayAsLatin1Characters()
    {
        byte[] line = [.. "caf"u8, 0xE9, .. " 한글 x\n"u8];
        Assert.Equal("café 한글 x", Assert.Single(LogFiles.Rows(line)).Text("message"));
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public void Utf16_WithOrWithoutMark_IsRead(bool bigEndian, bool mark)
    {
        Encoding utf16 = bigEndian ? Encoding.BigEndianUnicode : Encoding.Unicode;
        byte[] text = utf16.GetBytes("2024-01-01 00:00:00 가나다\r\n2024-01-01 00:00:01 둘\r\n");
        List<JsonElement> rows = LogFiles.Rows(mark ? [.. utf16.GetPreamble(), .. text] : text);
        Assert.Equal(["가나다", "둘"], rows.Select(row => row.Text("message")));
    }

    [Fact]
    public void Utf8Mark_AndNul_AreHarmless()
    {
        List<JsonElement> rows = LogFiles.Rows([0xEF, 0xBB, 0xBF, .. "2024-01-01 00:00:00 a\0b\r\r\n"u8]);
        Assert.Equal("a\0b", Assert.Single(rows).Text("message"));
    }

    [Fact]
    public void GiantLine_ComesInNumberedPieces()
    {
        byte[] content = Encoding.UTF8.GetBytes("2024-01-01 00:00:00 " + new string('한', 1_000_000) + "\n2024-01-01 00:00:01 next\n");
        List<JsonElement> rows = LogFiles.Rows(content);
        Assert.Equal(["1", "2", "3", "4", ""], rows.Select(row => row.Text("line_part")));
        Assert.Equal(1_000_000, rows.Take(4).Sum(row => row.Text("message").Length));
        Assert.Equal("next", rows[4].Text("message"));
        Assert.All(rows.Take(4), row => Assert.StartsWith("2024-01-01T00:00:00", row.Text("timestamp"), StringComparison.Ordinal));
    }

    [Fact]
    public void LineOfControlCharacters_FitsTheServersRows()
    {
        List<JsonElement> rows = LogFiles.Rows(new string('\u0001', 900_000));
        Assert.Equal(900_000, rows.Sum(row => row.Text("message").Length));
        Assert.All(rows, row => Assert.True(row.GetRawText().Length <= 1 << 20));
    }

    [Fact]
    public void Fuzz_AnyBytes_NeverThrowAndKeepTheLineCount()
    {
        var random = new Random(11);
        string[] pieces =
        [
            "2024-01-01 00:00:00 ", "Jun 14 15:16:01 h p[1]: ", "{\"a\":", "}", "\n", "\r\n", "1.2.3.4 - - [17/May/2015:10:05:03 +0000] \"GET / HTTP/1.1\" 200 1",
            "a=b ", "\"", "\\", "<34>1 ", "- ", "[x y=\"z\"]", "\0", "오후", "\t at x", "Traceback (most recent call last):", "panic: x", "goroutine 1 [x]:", "=", " ",
        ];
        for (int round = 0; round < 3_000; round++)
        {
            var content = new List<byte>();
            for (int piece = random.Next(1, 30); piece > 0; piece--)
            {
                content.AddRange(Encoding.UTF8.GetBytes(pieces[random.Next(pieces.Length)]));
                if (random.Next(5) == 0)
                {
                    content.Add((byte)random.Next(256));
                }
            }

            content.Insert(0, (byte)'x');
            byte[] bytes = [.. content];
            int lines = bytes.Count(value => value == '\n') + (bytes[^1] == '\n' ? 0 : 1);
            Assert.Equal(lines, LogFiles.Rows(bytes, s_noJoin).Count);
            LogFiles.Rows(bytes);
        }
    }

    private static void ZoneOf(string name, out TimeZoneInfo zone) =>
        Bongsu.Ingest.Files.Times.ZoneName.TryFind(name, out zone, out _);
}
