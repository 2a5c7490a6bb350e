using Bongsu.Alert.Import.ElastAlert;
using Bongsu.Query;
using Bongsu.Query.Kql;

namespace Bongsu.Tests.Alert.Import;

public sealed class LuceneQueryTests
{
    [Theory]
    [InlineData("event.type:authentication_failure", "tostring(['event.type']) == 'authentication_failure'")]
    [InlineData("id: 2501 OR id: 5503", "tostring(id) in ('2501', '5503')")]
    [InlineData("@message: *hihi*", "tostring(['@message']) contains 'hihi'")]
    [InlineData("message: refused", "message has 'refused'")]
    [InlineData("timeout", "message has 'timeout'")]
    [InlineData("\"connection refused\"", "message has 'connection refused'")]
    [InlineData("error timeout", "message has 'error' or message has 'timeout'")]
    [InlineData("+error timeout -debug", "message has 'error' and not(column_ifexists('message', '') has 'debug')")]
    [InlineData("error -debug", "not(column_ifexists('message', '') has 'debug') and message has 'error'")]
    [InlineData("error NOT debug", "not(column_ifexists('message', '') has 'debug') and message has 'error'")]
    [InlineData("a:1 AND (b:2 OR c:3)", "tostring(a) == '1' and (tostring(column_ifexists('b', '')) == '2' or tostring(column_ifexists('c', '')) == '3')")]
    [InlineData("a:1 AND b:2 OR c:3", "(tostring(column_ifexists('a', '')) == '1' and tostring(column_ifexists('b', '')) == '2') or tostring(column_ifexists('c', '')) == '3'")]
    [InlineData("a:1 && !b:2", "tostring(a) == '1' and not(tostring(column_ifexists('b', '')) == '2')")]
    [InlineData("NOT (a:1 || a:2)", "not(tostring(column_ifexists('a', '')) in ('1', '2'))")]
    [InlineData("a:(x OR \"y z\" OR w*)", "tostring(a) in ('x', 'y z') or tostring(a) startswith_cs 'w'")]
    [InlineData("a:(+x -y)", "tostring(a) == 'x' and not(tostring(column_ifexists('a', '')) == 'y')")]
    [InlineData("status:[400 TO 499]", "todouble(status) >= 400 and todouble(status) <= 499")]
    [InlineData("status:{400 TO 500]", "todouble(status) > 400 and todouble(status) <= 500")]
    [InlineData("status:[500 TO *]", "todouble(status) >= 500")]
    [InlineData("status:>=500", "todouble(status) >= 500")]
    [InlineData("status:(>=500 AND <600)", "todouble(status) >= 500 and todouble(status) < 600")]
    [InlineData("ratio:<0.5", "todouble(ratio) < real(0.5)")]
    [InlineData("name:[a TO c}", "strcmp(tostring(name), 'a') >= 0 and strcmp(tostring(name), 'c') < 0")]
    [InlineData("day:[2026-11-01T00:00:00 TO 2026-11-02]", "strcmp(tostring(day), '2026-11-01T00:00:00') >= 0 and strcmp(tostring(day), '2026-11-02') <= 0")]
    [InlineData("_exists_:user.name", "isnotempty(tostring(['user.name']))")]
    [InlineData("NOT _exists_:user", "not(isnotempty(tostring(column_ifexists('user', ''))))")]
    [InlineData("user:*", "isnotempty(tostring(user))")]
    [InlineData("*:*", "true")]
    [InlineData("*", "true")]
    [InlineData("path:\\/api\\/v1*", "tostring(path) startswith_cs '/api/v1'")]
    [InlineData("path:*.php", "tostring(path) endswith_cs '.php'")]
    [InlineData("path:a?c*d", "tostring(path) matches regex '^a.c.*d$'")]
    [InlineData("host:/web-[0-9]+/", "host matches regex '^(?:web-[0-9]+)$'")]
    [InlineData("url:\"http://x.kr/a\"", "tostring(url) == 'http://x.kr/a'")]
    [InlineData("a\\:b:c", "tostring(['a:b']) == 'c'")]
    [InlineData("a:don't", "tostring(a) == 'don\\'t'")]
    [InlineData("active:true", "tostring(active) =~ 'true'")]
    [InlineData("level:ERROR", "level == 'error'")]
    [InlineData("level:(ERROR OR WARN)", "level in ('error', 'warn')")]
    [InlineData("tags:prod", "(tostring(tags) == 'prod' or tostring(tags) contains_cs '\"prod\"')")]
    [InlineData("user.keyword:kim^2", "tostring(user) == 'kim'")]
    [InlineData("결제 AND 실패", "message has '결제' and message has '실패'")]
    [InlineData("a:1 AND", null)]
    [InlineData("a:", null)]
    [InlineData("(a:1", null)]
    [InlineData("a:[1 2]", null)]
    [InlineData("\"open", null)]
    [InlineData("a:1)", null)]
    [InlineData("log.*:x", null)]
    [InlineData("a:>now-1h", null)]
    [InlineData("timestamp:[now-1h TO now]", null)]
    [InlineData("a:/(unclosed/", null)]
    public void Read_Query_IsKqlOfTheSameMeaning(string lucene, string? kql)
    {
        string? written;
        try
        {
            written = Write(lucene);
        }
        catch (ImportException)
        {
            written = null;
        }

        Assert.Equal(kql, written);
    }

    [Fact]
    public void Read_NeedsEvery_JoinsWordsByAnd()
    {
        Condition condition = LuceneQuery.Read("a b", new FieldConditions(new ImportNames()), ["x", "y"], needsEvery: true, _ => { });
        Assert.Equal(
            "(tostring(column_ifexists('x', '')) == 'a' or tostring(column_ifexists('y', '')) == 'a') and (tostring(column_ifexists('x', '')) == 'b' or tostring(column_ifexists('y', '')) == 'b')",
            condition.Write());
    }

    [Fact]
    public void Read_AnyText_IsKqlOrAnImportError()
    {
        string[] pieces =
        [
            "a", "b:", ":", "(", ")", "[", "]", "{", "}", "\"", "/", "\\", "*", "?", "AND", "OR", "NOT", "TO", "+", "-", "!", "&&", "||", ">", ">=", "<", "^", "~", "2",
            " ", " ", " ", "'", "\n", "결제", "_exists_:", "*:*", "[1 TO 5]", "now",
        ];
        var random = new Random(11);
        int read = 0;
        for (int round = 0; round < 8_000; round++)
        {
            string text = string.Concat(Enumerable.Range(0, random.Next(1, 14)).Select(_ => pieces[random.Next(pieces.Length)]));
            try
            {
                string kql = Write(text);
                read++;
                AssertParses(kql);
            }
            catch (ImportException)
            {
            }
        }

        Assert.True(read > 800, $"{read} read");
    }

    [Fact]
    public void Read_DeepNesting_IsRefused() => Assert.Throws<ImportException>(() => Write(new string('(', 5000) + "a"));

    internal static void AssertParses(string condition)
    {
        try
        {
            KqlCompiler.Compile("print x = (" + condition + ")", EmptyCatalog.Instance, new CompileOptions { NowTicks = 0 });
        }
        catch (QueryException exception) when (exception.Code == "unknown_name")
        {
        }
    }

    private static string Write(string lucene) =>
        LuceneQuery.Read(lucene, new FieldConditions(new ImportNames()), ["message"], needsEvery: false, _ => { }).Write();
}
