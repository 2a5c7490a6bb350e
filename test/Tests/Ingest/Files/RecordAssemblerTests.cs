using System.Text.Json;

namespace Bongsu.Tests.Ingest.Files;

public class RecordAssemblerTests
{
    [Fact]
    public void Java_TraceBehindATime_IsOneRow()
    {
        List<JsonElement> rows = LogFiles.Rows(
            "2024-01-01 00:00:00 ERROR failed\njava.lang.IllegalStateException: x\n\tat a.b(C.java:1)\n\t... 12 more\nCaused by: java.io.IOException\n" +
            "\tat d.e(F.java:2)\n2024-01-01 00:00:01 INFO next\n");
        Assert.Equal(2, rows.Count);
        Assert.EndsWith("F.java:2)", rows[0].Text("message"), StringComparison.Ordinal);
        Assert.Equal("ERROR", rows[0].Text("level"));
    }

    [Fact]
    public void Python_TraceWithoutTimes_EndsBehindTheException()
    {
        List<JsonElement> rows = LogFiles.Rows(
            "starting\nTraceback (most recent call last):\n  File \"a.py\", line 1, in <module>\n    f()\nKeyError: 'x'\n\n" +
            "During handling of the above exception, another exception occurred:\n\nTraceback (most recent call last):\n  File \"a.py\"\n" +
            "ValueError: y\ndone\n");
        Assert.Equal(["starting", "Traceback (most recent call last):", "done"], rows.Select(row => row.Text("message").Split('\n')[0]));
        Assert.EndsWith("ValueError: y", rows[1].Text("message"), StringComparison.Ordinal);
    }

    [Fact]
    public void Go_Panic_IsOneRow()
    {
        List<JsonElement> rows = LogFiles.Rows(
            "up\npanic: boom\n\ngoroutine 1 [running]:\nmain.main()\n\t/app/main.go:3 +0x1d\nexit status 2\nup again\n");
        Assert.Equal(["up", "panic: boom", "up again"], rows.Select(row => row.Text("message").Split('\n')[0]));
    }

    [Fact]
    public void DotNetAndNode_IndentedFrames_Join()
    {
        List<JsonElement> rows = LogFiles.Rows(
            "Unhandled exception. System.Exception: x\n   at A.B() in /a.cs:line 1\n   --- End of inner exception stack trace ---\n   at C()\n" +
            "Error: bad\n    at f (file.js:1:2)\n    at g (file.js:3:4)\nok\n");
        Assert.Equal(["Unhandled exception. System.Exception: x", "Error: bad", "ok"], rows.Select(row => row.Text("message").Split('\n')[0]));
    }

    [Fact]
    public void TornLine_OfJsonAndAccessLogs_IsMended()
    {
        List<JsonElement> json = LogFiles.Rows("{\"a\":1}\n{\"a\":2,\"b\":\"x\n y\"}\n{\"a\":3}\n");
        Assert.Equal(["1", "2", "3"], json.Select(row => row.Text("a")));
        const string Line = "1.2.3.4 - - [17/May/2015:10:05:03 +0000] \"GET /a HTTP/1.1\" 200 12";
        List<JsonElement> access = LogFiles.Rows($"{Line}\n{Line[..50]}\n{Line[50..]}\n{Line}\n");
        Assert.Equal(["200", "200", "200"], access.Select(row => row.Text("status")));
    }

    [Fact]
    public void JavaUtilLogging_LevelOnTheSecondLine_IsFound()
    {
        List<JsonElement> rows = LogFiles.Rows("Jun 14, 2024 3:16:01 PM org.foo.Bar doIt\nWARNING: careful\nJun 14, 2024 3:16:02 PM org.foo.Bar doIt\nINFO: ok\n");
        Assert.Equal(["WARNING", "INFO"], rows.Select(row => row.Text("level")));
    }

    [Fact]
    public void LongTrace_IsBounded()
    {
        string frames = string.Concat(Enumerable.Repeat("\tat x.y(Z.java:1)\n", 2_500));
        List<JsonElement> rows = LogFiles.Rows("2024-01-01 00:00:00 ERROR a\n" + frames + "2024-01-01 00:00:01 ERROR b\n");
        Assert.Equal(2_502, rows.Sum(row => row.Text("message").Split('\n').Length));
        Assert.InRange(rows.Count, 3, 5);
    }

    [Fact]
    public void BlankLines_BetweenAreKept_BehindAreNot()
    {
        List<JsonElement> rows = LogFiles.Rows("2024-01-01 00:00:00 a\n\nmore\n\n\n2024-01-01 00:00:01 b\n");
        Assert.Equal(["a\n\nmore", "b"], rows.Select(row => row.Text("message")));
    }
}
