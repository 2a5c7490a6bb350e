using Bongsu.Alert.Import.ElastAlert;

namespace Bongsu.Tests.Alert.Import;

public sealed class EventQueryTests
{
    [Theory]
    [InlineData("any where machine.os == \"win 8\"", "tostring(['machine.os']) == 'win 8'")]
    [InlineData("process where user.name in (\"a\", \"b\") and pid > 10", "tostring(['event.category']) == 'process' and tostring(['user.name']) in ('a', 'b') and todouble(pid) > 10")]
    [InlineData("any where x != 5", "isnotempty(tostring(x)) and not(tostring(column_ifexists('x', '')) == '5')")]
    [InlineData("any where not (a == 1 or b like~ \"C*\")", "not(tostring(column_ifexists('a', '')) == '1' or tostring(column_ifexists('b', '')) matches regex '(?i)^C.*$')")]
    [InlineData("any where x == null", "not(isnotempty(tostring(column_ifexists('x', ''))))")]
    [InlineData("any where startsWith~(name, \"Ab\")", "tostring(name) matches regex '(?i)^Ab.*$'")]
    [InlineData("any where path : (\"*.exe\", \"cmd\")", "tostring(path) matches regex '(?i)^.*\\\\.exe$' or tostring(path) =~ 'cmd'")]
    [InlineData("any where true", "true")]
    public void ReadEql_SingleEvents_AreConditions(string eql, string kql)
    {
        string text = EventQuery.ReadEql(eql, new FieldConditions(new ImportNames())).Write();
        Assert.Equal(kql, text);
        LuceneQueryTests.AssertParses(text);
    }

    [Theory]
    [InlineData("FROM logs-* | WHERE status == 500", "tostring(status) == '500'")]
    [InlineData("from logs-* METADATA _id | where a >= -2.5 and b is not null | where `c d` not in (\"x\") | limit 10", "todouble(a) >= real(-2.5) and isnotempty(tostring(b)) and isnotempty(tostring(['c d'])) and not(tostring(column_ifexists('c d', '')) == 'x')")]
    [InlineData("FROM logs-* | WHERE url RLIKE \"/a.+\" OR ok == TRUE // why", "tostring(column_ifexists('url', '')) matches regex '^(?:/a.+)$' or tostring(column_ifexists('ok', '')) =~ 'true'")]
    public void ReadEsql_Where_IsTheCondition(string esql, string kql)
    {
        string text = EventQuery.ReadEsql(esql, new FieldConditions(new ImportNames()), _ => { }).Write();
        Assert.Equal(kql, text);
        LuceneQueryTests.AssertParses(text);
    }

    [Theory]
    [InlineData("sequence by user [any where true] [any where true]", "more than single events")]
    [InlineData("any where length(x) > 5", "',' is missing")]
    [InlineData("any where a == ", "a value is missing")]
    [InlineData("any where (a == 1", "')' is missing")]
    [InlineData("any where a == 1 | tail 5", "cannot be read at '|'")]
    [InlineData("any where a + 1 == 2", "'+' has no counterpart")]
    public void ReadEql_WhatHasNoCounterpart_IsNamed(string eql, string message) =>
        Assert.Contains(
            message,
            Assert.Throws<ImportException>(() => EventQuery.ReadEql(eql, new FieldConditions(new ImportNames()))).Message,
            StringComparison.Ordinal);

    [Fact]
    public void ReadEsql_Stats_IsNamed() => Assert.Contains(
        "'STATS'",
        Assert.Throws<ImportException>(() => EventQuery.ReadEsql("FROM a | STATS c = COUNT(*)", new FieldConditions(new ImportNames()), _ => { })).Message,
        StringComparison.Ordinal);

    [Fact]
    public void Read_AnyText_IsAConditionOrAnError()
    {
        string[] words = ["any", "where", "FROM", "|", "WHERE", "a", "==", "!=", "in", "not", "(", ")", ",", "\"x\"", "5", "-", "null", "like~", ":", "and", "or", "is", "`", "\"", "~"];
        var random = new Random(5);
        for (int round = 0; round < 4000; round++)
        {
            string text = (round % 2 == 0 ? "any where " : "FROM x | WHERE ") + string.Join(' ', Enumerable.Range(0, random.Next(9)).Select(_ => words[random.Next(words.Length)]));
            try
            {
                var fields = new FieldConditions(new ImportNames());
                LuceneQueryTests.AssertParses((round % 2 == 0 ? EventQuery.ReadEql(text, fields) : EventQuery.ReadEsql(text, fields, _ => { })).Write());
            }
            catch (ImportException)
            {
                // What it should be.
            }
        }
    }
}
