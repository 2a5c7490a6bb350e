using System.Text;
using Bongsu.Conformance;
using Bongsu.Core.Patterns;
using Bongsu.Core.Templates;
using Bongsu.Core.Vectors;

namespace Bongsu.Tests.Core.Patterns;

public sealed class PatternMapTests
{
    [Fact]
    public void Of_WordsThatVary_AreOnePattern()
    {
        string[] users = ["ada", "bob", "cyd", "dan", "eve", "fay", "gil", "hal"];
        PatternMap map = Map([.. users.Select(user => $"session closed for user {user}"), "session opened for nobody"]);
        Assert.Equal(["session closed for user <*>", "session opened for nobody"], Texts(map));
        Assert.All(map.Codes.ToArray()[..8], code => Assert.Equal(map.Codes[0], code));
    }

    [Fact]
    public void Of_SameWordsInTwoMessages_AreVariablesSooner()
    {
        string[] messages =
        [
            .. from user in new[] { "ada", "bob", "cyd" } from verb in new[] { "opened", "closed" } select $"session {verb} for {user} now",
            "vm started well", "vm paused well", "vm stopped well",
        ];
        Assert.Equal(
            ["session closed for <*> now", "session opened for <*> now", "vm paused well", "vm started well", "vm stopped well"],
            Texts(Map(messages)));
    }

    [Fact]
    public void Of_RawLines_HaveNoHeader()
    {
        string[] lines =
        [
            "2026-11-01 10:00:01,123 INFO [main] app.store.Writer: wrote 5 rows",
            "2026-11-01 10:00:02,456 WARN [pool-1-thread-2] app.store.Writer: wrote 7 rows",
            "2026-11-01 10:00:02,457 INFO [QuorumPeer[myid=1]/0:0:2181:Vote@774] app.Election: leader lost",
        ];
        Assert.Equal(["leader lost", "wrote <*> rows"], Texts(Map(lines)));
        Assert.Equal(
            ["connection from <*> (<*>)", "session opened"],
            Texts(Map(["Jun 14 15:16:01 combo ftpd[19]: connection from 10.0.0.1 ()", "Jul  4 15:16:01 host1 ftpd[2]: connection from 10.0.0.1 (a1.net)",
                "Jul  4 15:16:01 combo sshd(pam_unix)[3]: session opened"])));
    }

    [Fact]
    public void Of_MessagesWithoutHeader_KeepTheirFirstWords()
    {
        Assert.Equal(
            ["<*> errors: level error", "cache: hit for <*>", "timeout after <*>"],
            Texts(Map(["5 errors: level error", "timeout after 5", "timeout after 10ms", "cache: hit for user=5"])).Select(text => text.Replace("user=<*>", "<*>", StringComparison.Ordinal)));
    }

    [Fact]
    public void Of_TemplatesInAnyOrder_GivesTheSamePatterns()
    {
        var random = new Random(3);
        string[] words = ["disk", "net", "user", "lost", "found", "at", "error", "ada", "bob", "cyd", "dan"];
        string[] messages = [.. Enumerable.Range(0, 300)
            .Select(_ => string.Join(' ', Enumerable.Range(0, random.Next(1, 6)).Select(_ => words[random.Next(words.Length)])))
            .Distinct()];
        Template[] templates = [.. messages.Select(message => Template.Parse(Encoding.UTF8.GetBytes(message)))];
        long[] counts = [.. templates.Select(_ => (long)random.Next(1, 100))];
        PatternMap map = PatternMap.Of(templates, counts);
        int[] order = [.. Enumerable.Range(0, templates.Length)];
        random.Shuffle(order);
        PatternMap shuffled = PatternMap.Of([.. order.Select(index => templates[index])], [.. order.Select(index => counts[index])]);
        for (int index = 0; index < order.Length; index++)
        {
            Assert.Equal(map.Patterns[map.Codes[order[index]]], shuffled.Patterns[shuffled.Codes[index]]);
        }
    }

    [Fact]
    public void Of_HostileTemplates_GivesEachAPattern()
    {
        var random = new Random(9);
        var miner = new TemplateMiner();
        miner.Split(StringVector.Of([.. Enumerable.Range(0, 2000).Select(_ => Encoding.UTF8.GetString(Templates.HostileMessages.Next(random)))]));
        PatternMap map = PatternMap.Of(miner.Known, [.. miner.Known.Select(_ => 1L)]);
        Assert.Equal(miner.Known.Count, map.Codes.Length);
        Assert.All(map.Codes.ToArray(), code => Assert.InRange(code, 0, map.Patterns.Count - 1));
        Assert.Equal(map.Patterns.Count, map.Patterns.Select(pattern => pattern.Id).Distinct().Count());
    }

    [LoghubFact]
    public void Of_LoghubSamples_GroupsAsPeopleDo()
    {
        const double Floor = 0.95;
        IReadOnlyList<LoghubSystem> systems = LoghubSystem.ReadAll(LoghubFactAttribute.Folder);
        Assert.Equal(8, systems.Count);
        double mean = systems.Average(system => PatternRunner.Score(system).Accuracy);
        Assert.True(mean >= Floor, $"mean grouping accuracy {mean:0.0000}");
    }

    private static PatternMap Map(string[] messages)
    {
        TemplateText text = new TemplateMiner().Split(StringVector.Of(messages));
        return PatternMap.Of(
            [.. Enumerable.Range(0, text.TemplateCount).Select(text.TemplateAt)],
            [.. Enumerable.Range(0, text.TemplateCount).Select(template => (long)text.RowsOf(template).Length)]);
    }

    private static string[] Texts(PatternMap map) => [.. map.Patterns.Select(pattern => pattern.Text).Order(StringComparer.Ordinal)];
}
