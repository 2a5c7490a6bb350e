using System.Globalization;
using System.Text;
using Bongsu.Ingest.Files;
using Bongsu.Ingest.Files.Times;
using Bongsu.Ingest.Protocols.Syslog;
using Bongsu.Tests.Ingest.Files;

namespace Bongsu.Tests.Ingest.Protocols.Syslog;

public class SyslogParserTests
{
    [Theory]
    [InlineData(
        "<34>1 2003-10-11T22:14:15.003Z mymachine.example.com su - ID47 - \uFEFF'su root' failed",
        "2003-10-11T22:14:15.0030000Z level=crit facility=auth host=mymachine.example.com service=su msgid=ID47 message='su root' failed")]
    [InlineData(
        "<165>1 2003-08-24T05:14:15.000003-07:00 192.0.2.1 myproc 8710 - - %% It's time",
        "2003-08-24T12:14:15.0000030Z level=notice facility=local4 host=192.0.2.1 service=myproc pid=8710 message=%% It's time")]
    [InlineData(
        "<165>1 2003-10-11T22:14:15.003Z h app - ID [ex@32473 iut=\"3\" a=\"q\\\"b\\]c\\\\d\\x\"][two x=\"\"] hi",
        "2003-10-11T22:14:15.0030000Z level=notice facility=local4 host=h service=app msgid=ID sd.ex@32473.iut=3 sd.ex@32473.a=q\"b]c\\d\\x sd.two.x= message=hi")]
    [InlineData("<13>1 - - - - - -", "- level=notice facility=user message=")]
    [InlineData("<13>1 - h a p m [flag] x", "- level=notice facility=user host=h service=a pid=p msgid=m sd.flag=1 message=x")]
    [InlineData(
        "<34>Oct 11 22:14:15 mymachine su: 'su root' failed for lonvick on /dev/pts/8",
        "2026-10-11T22:14:15.0000000Z level=crit facility=auth host=mymachine service=su message='su root' failed for lonvick on /dev/pts/8")]
    [InlineData("<13>Nov  2 05:16:01 root[77]: local form", "2026-11-02T05:16:01.0000000Z level=notice facility=user service=root pid=77 message=local form")]
    [InlineData(
        "<30>2026-11-20T10:00:00.123456+09:00 web sshd[1]: iso",
        "2026-11-20T01:00:00.1234560Z level=info facility=daemon host=web service=sshd pid=1 message=iso")]
    [InlineData("<189>*Mar  1 18:46:11: %SYS-5-CONFIG_I: done", "2026-03-01T18:46:11.0000000Z level=notice facility=local7 service=%SYS-5-CONFIG_I message=done")]
    [InlineData("<13>no time: here", "- level=notice facility=user message=no time: here")]
    [InlineData("<13>su: here", "- level=notice facility=user service=su message=here")]
    [InlineData("plain text", "- message=plain text")]
    [InlineData("<999>odd", "- message=<999>odd")]
    [InlineData("<13>1 2003-13-11T22:14:15Z h a p m - x", "- level=notice facility=user message=1 2003-13-11T22:14:15Z h a p m - x")]
    [InlineData("<13>Nov 21 06:00:00 h p: a clock ahead", "2026-11-21T06:00:00.0000000Z level=notice facility=user host=h service=p message=a clock ahead")]
    [InlineData("<0>", "- level=emerg facility=kern message=")]
    public void Parse_Message_GivesFields(string text, string expected) => Assert.Equal(expected, Parse(Encoding.UTF8.GetBytes(text)));

    [Fact]
    public void Parse_AnyBytes_NeverThrows()
    {
        var random = new Random(3);
        string[] pieces = ["<", "34", ">", "1 ", "- ", "[", "]", "a", "=", "\"", "\\", " ", "2003-10-11T22:14:15Z ", "Oct 11 22:14:15 ", ":", "한"];
        for (int round = 0; round < 100_000; round++)
        {
            Parse(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, random.Next(0, 14)).Select(_ => pieces[random.Next(pieces.Length)]))));
        }
    }

    [Fact]
    public void Frames_AnyCutting_GiveTheSameMessages()
    {
        byte[] stream = Encoding.UTF8.GetBytes(
            "<1>line\n12 <2>counted 112 <3>cou\nted2\n\n9 lives\n<4>long " + new string('x', 500) + "\n600 <5>" + new string('y', 597) + "<6>end");
        string[] expected =
            ["<1>line", "<2>counted 1", "<3>cou\nted2\n", "", "9 lives", "T<4>long " + new string('x', 92), "T<5>" + new string('y', 97), "<6>end"];
        var random = new Random(5);
        for (int round = 0; round < 500; round++)
        {
            var frames = new SyslogFrames(100);
            var messages = new List<string>();
            for (int at = 0; at < stream.Length;)
            {
                int length = Math.Min(random.Next(1, round < 100 ? 4 : 400), stream.Length - at);
                stream.AsSpan(at, length).CopyTo(frames.Room().Span);
                frames.Advance(length);
                at += length;
                while (frames.TryTake(out ReadOnlySpan<byte> message, out bool isTruncated))
                {
                    messages.Add((isTruncated ? "T" : "") + Encoding.UTF8.GetString(message));
                }
            }

            messages.Add(Encoding.UTF8.GetString(frames.Rest()));
            Assert.Equal(expected, messages);
        }
    }

    private static string Parse(byte[] text)
    {
        var record = new LogRecord();
        SyslogParser.Parse(text, new TimeResolver(TimeZoneInfo.Utc, new FixedClock(LogFiles.Now), TimeSpan.FromDays(1)), record);
        var fields = new List<string>();
        foreach (RecordField field in record.Fields)
        {
            fields.Add($"{field.Name}={(field.Kind == FieldKind.Text ? Encoding.UTF8.GetString(record.Bytes(field)) : field.Number)}");
        }

        string time = record.Time is { } at ? new DateTime(at.Ticks, DateTimeKind.Utc).ToString("O", CultureInfo.InvariantCulture) : "-";
        return string.Join(' ', fields.Prepend(time));
    }
}
