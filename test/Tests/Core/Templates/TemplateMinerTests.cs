using System.Text;
using Bongsu.Core.Templates;
using Bongsu.Core.Vectors;

namespace Bongsu.Tests.Core.Templates;

public sealed class TemplateMinerTests
{
    [Theory]
    [InlineData("duration=12.34ms", "duration=<*>ms")]
    [InlineData("from 10.0.0.1:8080 to /10.0.0.2:90", "from <*>:<*> to /<*>:<*>")]
    [InlineData("user=123456 name=alice", "user=<*> name=<*>")]
    [InlineData("got blk_-1608999687919862906.", "got blk_<*>.")]
    [InlineData("key=user:152434:profile", "key=user:<*>:profile")]
    [InlineData("GET /api/v1/orders/123456/status took 7 ms", "GET <*> took <*> ms")]
    [InlineData("call http://search.svc:8080/api/v1/x?id=7 done", "call http://<*>:<*>/<*> done")]
    [InlineData("agent=\"curl/8.5.0\" said 'yes'", "agent=\"<*>\" said '<*>'")]
    [InlineData("{\"level\":\"info\",\"n\":5}", "{\"level\":\"<*>\",\"n\":<*>}")]
    [InlineData("uid=0 ruser= rhost=", "uid=<*> ruser=<*> rhost=<*>")]
    [InlineData("at 0x00002000, don't stop", "at 0x<*>, don't stop")]
    [InlineData("결제가 3건 실패 (15분)", "결제가 <*>건 실패 (<*>분)")]
    [InlineData("Jun 14 15:16:01 at Sun Jul  3 May", "<*> <*> <*> at <*> <*>  <*> May")]
    [InlineData("\"GET /a/b HTTP/1.1\" 200", "\"GET <*> <*>\" <*>")]
    [InlineData("icache depth.......0", "icache depth.......<*>")]
    [InlineData("2026-11-01T10:00:00.123Z a 20171223-0:28:7:606|b", "<*>T<*>Z a <*>-<*>:<*>|b")]
    [InlineData("2005-06-03-15.42.50.675872 at 10:00:00+09:00 mac 00:11:22:33:44:55", "<*>-<*> at <*>+09:00 mac <*>")]
    [InlineData("what is <*> here", "<*>")]
    [InlineData("", "")]
    public void Split_OneMessage_CutsByRule(string message, string template)
    {
        var miner = new TemplateMiner();
        for (int round = 0; round < 2; round++)
        {
            TemplateText text = miner.Split(StringVector.Of(message));
            Assert.Equal(template, text.TemplateAt(0).ToString());
            Assert.Equal(message, Encoding.UTF8.GetString(text.Render()[0]));
        }
    }

    [Fact]
    public void Split_NumbersOfOneForm_AreTyped()
    {
        TemplateText text = new TemplateMiner().Split(StringVector.Of(
            "t=1.25ms ip=10.0.0.1 id=00ff00ff00ff00ff n=-5 v=a b=blk_-1608999687919862906",
            "t=0.50ms ip=10.0.0.2 id=1234567890123456 n=77 v=9 b=blk_1"));
        Assert.Equal(1, text.TemplateCount - 1);
        text = new TemplateMiner().Split(StringVector.Of(
            "t=1.25ms ip=10.0.0.1 id=00ff00ff00ff00ff n=-5 v=a b=blk_-1608999687919862906",
            "t=0.50ms ip=10.0.0.2 id=1234567890123456 n=77 v=9 b=blk_16089996879198629"));
        Assert.Equal(1, text.TemplateCount);
        Assert.Equal(
            [VariableKind.Decimal, VariableKind.Ipv4, VariableKind.Hex, VariableKind.Integer, VariableKind.Text, VariableKind.Integer],
            Enumerable.Range(0, 6).Select(slot => text.Slot(0, slot).Kind));
        Assert.Equal([125, 50], text.Slot(0, 0).Numbers.ToArray());
        Assert.Equal([-1608999687919862906, 16089996879198629], text.Slot(0, 5).Numbers.ToArray());
    }

    [Fact]
    public void Split_FormsOfOneKind_Agree()
    {
        TemplateText text = new TemplateMiner().Split(StringVector.Of("a 22:15:29 203615 x=ab1", "a 0:28:7 081109 x=112", "a 1:2:3 100000 x=001"));
        Assert.Equal(1, text.TemplateCount);
        Assert.Equal(
            [(VariableKind.Time, 32), (VariableKind.Padded, 6), (VariableKind.Hex, 3)],
            Enumerable.Range(0, 3).Select(slot => (text.Slot(0, slot).Kind, text.Slot(0, slot).Digits)));
        Assert.Equal(["a 22:15:29 203615 x=ab1", "a 0:28:7 081109 x=112", "a 1:2:3 100000 x=001"], Strings(text));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Split_HostileMessages_RenderTheSameBytes(int seed)
    {
        var random = new Random(seed);
        var miner = new TemplateMiner(maxTemplates: seed == 3 ? 20 : 4096);
        for (int round = 0; round < 60; round++)
        {
            byte[][] messages = [.. Enumerable.Range(0, random.Next(1, 200)).Select(_ => HostileMessages.Next(random))];
            AssertSame(messages, miner.Split(Values(messages)), seed);
        }

        Assert.True(miner.Known.Count <= (seed == 3 ? 21 : 4097));
        Assert.All(miner.Known, template => Assert.Equal(template.Id, Template.Parse(template.Text).Id));
    }

    [Fact]
    public void Split_LongMessages_RenderTheSameBytes()
    {
        byte[] word = new byte[1 << 20];
        word.AsSpan().Fill((byte)'x');
        byte[] digits = Enumerable.Repeat((byte)'7', 1 << 20).ToArray();
        byte[] numbers = Encoding.UTF8.GetBytes(string.Join(' ', Enumerable.Range(0, 150_000)));
        byte[] prose = Encoding.UTF8.GetBytes(string.Join(' ', Enumerable.Repeat("some words of prose", 50_000)));
        byte[] lines = Encoding.UTF8.GetBytes(string.Join("\n\tat a.b.C.d(C.java:12)", Enumerable.Repeat("", 5_000)));
        byte[][] messages = [word, digits, numbers, prose, lines, [.. "a=\""u8, .. word], [.. "a=\""u8, .. word, .. "\" b"u8], [.. "/"u8, .. word]];
        var miner = new TemplateMiner();
        AssertSame(messages, miner.Split(Values(messages)), seed: 0);
        AssertSame(messages, miner.Split(Values(messages)), seed: 0);
        Assert.All(miner.Known, template => Assert.True(template.Text.Length < 4096 && template.SlotCount <= 48));
    }

    [Fact]
    public void Split_AMessage_HasTheTemplateItWouldHaveAlone()
    {
        // Few enough words that none is found to vary.
        string[] forms = ["took {0} of {1}", "user={0} said '{1}'", "{0}: {1}", "[{0}] {1}, done", "call http://{0}/{1} x={1}", "\"{0} /x {1}\"", "Jun 1 {0} {1}", "Sun, 2 {1}"];
        string[] values = ["5", "5.25ms", "10.0.0.1", "10.0.0.1:80", "/a/b1", "eu-west-1", "ab12cd34", "ab", "x:12345", "blk_123456", "3.", "", "7%", "GET", "./ab", "a....9", "a_7", "a_12345", "10:00:00", "1:2:3:4", "2026-11-01T10:00:00Z"];
        var random = new Random(5);
        var together = new TemplateMiner();
        for (int round = 0; round < 2000; round++)
        {
            string message = string.Format(
                System.Globalization.CultureInfo.InvariantCulture,
                forms[random.Next(forms.Length)],
                values[random.Next(values.Length)],
                values[random.Next(values.Length)]);
            string alone = new TemplateMiner().Split(StringVector.Of(message)).TemplateAt(0).ToString();
            Assert.Equal(alone, together.Split(StringVector.Of(message)).TemplateAt(0).ToString());
        }
    }

    [Fact]
    public void Split_WordThatVaries_BecomesASlotForLaterRows()
    {
        var miner = new TemplateMiner();
        string[] names = [.. Enumerable.Range(0, 40).Select(name => new string((char)('a' + (name % 26)), 3 + (name / 26)))];
        TemplateText text = miner.Split(StringVector.Of([.. names.Select(name => $"retrying request to {name} now")]));
        Assert.Equal("retrying request to aaa now", text.TemplateAt(text.Codes[0]).ToString());
        Assert.Equal("retrying request to <*> now", text.TemplateAt(text.Codes[39]).ToString());
        Assert.Equal("retrying request to <*> now", miner.Split(StringVector.Of("retrying request to aaa now")).TemplateAt(0).ToString());

        var restarted = new TemplateMiner();
        foreach (Template template in miner.Known)
        {
            restarted.Learn(template);
        }

        Assert.Equal("retrying request to <*> now", restarted.Split(StringVector.Of("retrying request to new now")).TemplateAt(0).ToString());
        Assert.Equal("retrying request to <*> now", restarted.Split(StringVector.Of("retrying request to bbb now")).TemplateAt(0).ToString());
        Assert.Equal(miner.Known, restarted.Known);
    }

    [Fact]
    public void Split_TooManyTemplates_FallsBack()
    {
        var miner = new TemplateMiner(maxTemplates: 3);
        TemplateText text = miner.Split(StringVector.Of("alpha one", "beta two", "gamma three", "delta four", "alpha one"));
        Assert.Equal(["alpha one", "beta two", "gamma three", "<*>", "alpha one"], text.Codes.ToArray().Select(code => text.TemplateAt(code).ToString()));
    }

    [Fact]
    public void Split_InParallel_RendersTheSameBytes()
    {
        var miner = new TemplateMiner();
        Parallel.For(0, 64, new ParallelOptions { MaxDegreeOfParallelism = 4 }, seed =>
        {
            var random = new Random(seed % 8);
            for (int round = 0; round < 5; round++)
            {
                byte[][] messages = [.. Enumerable.Range(0, 100).Select(_ => HostileMessages.Next(random))];
                AssertSame(messages, miner.Split(Values(messages)), seed);
            }
        });
        Assert.Equal(miner.Known.Count, miner.Known.Select(template => template.Id).Distinct().Count());
    }

    [Fact]
    public void Split_DictionaryAndConstant_AreRead()
    {
        var miner = new TemplateMiner();
        var coded = new StringVector(StringVector.Of("a 1", "b 2").Values, [1, 0, 1], 3);
        Assert.Equal(["b 2", "a 1", "b 2"], Strings(miner.Split(coded)));
        Assert.Equal(["a 1", "a 1"], Strings(miner.Split(StringVector.Constant("a 1"u8, 2))));
        Assert.Empty(Strings(miner.Split(StringVector.Of())));
    }

    [Fact]
    public void Split_KnownTemplate_HasTheIdItAlwaysHad()
    {
        Template template = new TemplateMiner().Split(StringVector.Of("user=17 logged in from 10.0.0.1:80")).TemplateAt(0);
        Assert.Equal("user=<*> logged in from <*>:<*>", template.ToString());
        Assert.Equal(13631089009280490158UL, template.Id);
    }

    private static string[] Strings(TemplateText text)
    {
        Utf8Values values = text.Render();
        return [.. Enumerable.Range(0, values.Count).Select(row => Encoding.UTF8.GetString(values[row]))];
    }

    private static Utf8Values Values(byte[][] messages)
    {
        var builder = new StringVectorBuilder();
        foreach (byte[] message in messages)
        {
            builder.Append(message);
        }

        return ((StringVector)builder.Build()).Values;
    }

    private static void AssertSame(byte[][] messages, TemplateText text, int seed)
    {
        Assert.Equal(messages.Length, text.Length);
        Utf8Values rendered = text.Render();
        for (int row = 0; row < messages.Length; row++)
        {
            Assert.True(messages[row].AsSpan().SequenceEqual(rendered[row]),
                $"seed {seed}: {Encoding.UTF8.GetString(messages[row])} became {Encoding.UTF8.GetString(rendered[row])} by {text.TemplateAt(text.Codes[row])}");
        }
    }
}
