using Bongsu.Alert.Rules;
using Bongsu.Tests.House;

namespace Bongsu.Tests.Alert.Rules;

public sealed class AnnotatedSpanFileTests
{
    [Fact]
    public void Read_WholeFile_KnowsTimesRulesAndKeys()
    {
        var errors = new List<RuleError>();
        List<AnnotatedSpan> spans = AnnotatedSpanFile.Read("spans.yaml", """
            spans:
              - from: 2026-03-02T10:00+09:00
                to: 2026-03-02T03:30:00Z
                rule: [traffic, slow]
                key: { service: pay, status: [500, 503] }
                text: load test
              - { from: "2026-03-02 10:00 +09:00", to: 2026-03-03 00:00Z, text: all of it }
            """, ["traffic", "slow"], errors);

        Assert.Empty(errors);
        long from = new DateTime(2026, 3, 2, 1, 0, 0).Ticks;
        AnnotatedSpan expected = new(from, new DateTime(2026, 3, 2, 3, 30, 0).Ticks, "load test")
        {
            Rules = ["traffic", "slow"],
            Key = [new AnnotatedKey("service", ["pay"]), new AnnotatedKey("status", ["500", "503"])],
        };
        Assert.Equal([expected, new AnnotatedSpan(from, new DateTime(2026, 3, 3).Ticks, "all of it")], spans);
    }

    [Theory]
    [InlineData("spans:\n")]
    [InlineData("")]
    [InlineData("spans: []")]
    public void Read_NoSpans_IsNoFault(string text)
    {
        var errors = new List<RuleError>();
        Assert.Empty(AnnotatedSpanFile.Read("spans.yaml", text, null, errors));
        Assert.Empty(errors);
    }

    [Fact]
    public void Guide_Examples_Load()
    {
        string guide = File.ReadAllText(Path.Combine(RepositoryFiles.Root, "docs/guide/anomaly-bands.md"));
        string[] examples = [.. guide.Split("```yaml\n").Skip(1).Select(part => part.Split("```")[0])];
        var errors = new List<RuleError>();
        Assert.Equal(2, CalendarFile.Read("calendars.yaml", examples.Single(text => text.Contains("calendars:", StringComparison.Ordinal)), errors).Count);
        Assert.Single(AnnotatedSpanFile.Read("spans.yaml", examples.Single(text => text.Contains("spans:", StringComparison.Ordinal)), null, errors));
        Assert.Empty(errors);
    }

    [Fact]
    public void Read_RuleThatIsNotThere_IsAWarningAndTheSpanNobodys()
    {
        var errors = new List<RuleError>();
        AnnotatedSpan span = Assert.Single(AnnotatedSpanFile.Read(
            "spans.yaml", "spans:\n  - { from: 2026-03-02T10:00Z, to: 2026-03-02T11:00Z, text: a, rule: trafic }", ["traffic"], errors));
        Assert.Equal(["trafic"], span.Rules); // not none, which would be all
        RuleError warning = Assert.Single(errors);
        Assert.True(warning.IsWarning);
        Assert.Equal("spans.yaml:2:70: there is no rule 'trafic'; did you mean 'traffic'?", warning.ToString());
    }

    [Theory]
    [InlineData("from: 2026-03-02T10:00, to: 2026-03-02T11:00Z, text: a", 2, 13, "is no time with its offset")]
    [InlineData("from: 2026-02-29T10:00Z, to: 2026-03-02T11:00Z, text: a", 2, 13, "is no time")]
    [InlineData("from: 2026-03-02T10:00Z, to: 2026-03-02T19:00+09:00, text: a", 2, 36, "not after it begins")]
    [InlineData("from: 2026-03-02T10:00Z, text: a", 2, 5, "'to' is missing")]
    [InlineData("from: 2026-03-02T10:00Z, to: 2026-03-02T11:00Z", 2, 5, "'text' is missing")]
    [InlineData("from: 2026-03-02T10:00Z, to: 2026-03-02T11:00Z, text: a, rules: b", 2, 64, "did you mean 'rule'")]
    [InlineData("from: 2026-03-02T10:00Z, to: 2026-03-02T11:00Z, text: a, key: pay", 2, 69, "'key' must be a mapping")]
    public void Read_Faults_AreNamedWithTheirPlace(string span, int line, int column, string expected)
    {
        var errors = new List<RuleError>();
        Assert.Empty(AnnotatedSpanFile.Read("spans.yaml", "spans:\n  - { " + span + " }", ["traffic"], errors));
        RuleError error = Assert.Single(errors);
        Assert.Contains(expected, error.ToString(), StringComparison.Ordinal);
        Assert.Equal((line, column), (error.Line, error.Column));
    }
}
