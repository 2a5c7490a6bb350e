using Bongsu.Alert.Import.ElastAlert;
using YamlDotNet.RepresentationModel;

namespace Bongsu.Tests.Alert.Import;

public sealed class FilterDslTests
{
    [Theory]
    [InlineData("- term: {status: active}", "tostring(status) == 'active'")]
    [InlineData("- term: {status: {value: 5}}", "tostring(status) == '5'")]
    [InlineData("- terms: {status: [a, b]}", "tostring(status) in ('a', 'b')")]
    [InlineData("- term: {a: 1}\n- term: {b: 2}", "tostring(a) == '1' and tostring(b) == '2'")]
    [InlineData("- query: {query_string: {query: 'a:1 OR a:2'}}", "tostring(a) in ('1', '2')")]
    [InlineData("- query_string: {query: 'x y', default_operator: AND, default_field: note}", "tostring(note) == 'x' and tostring(note) == 'y'")]
    [InlineData("- query: {bool: {must: [{term: {a: 1}}], must_not: {term: {b: 2}}, should: [{term: {c: 3}}]}}", "tostring(a) == '1' and not(tostring(column_ifexists('b', '')) == '2')")]
    [InlineData("- bool: {should: [{term: {c: 3}}, {term: {c: 4}}]}", "tostring(c) in ('3', '4')")]
    [InlineData("- bool: {filter: {term: {a: 1}}, should: [{term: {c: 3}}, {term: {c: 4}}], minimum_should_match: 1}", "tostring(a) == '1' and tostring(c) in ('3', '4')")]
    [InlineData("- bool: {should: [{term: {a: 1}}, {term: {b: 1}}, {term: {c: 1}}], minimum_should_match: 2}", "(iff(tostring(column_ifexists('a', '')) == '1', 1, 0) + iff(tostring(column_ifexists('b', '')) == '1', 1, 0) + iff(tostring(column_ifexists('c', '')) == '1', 1, 0)) >= 2")]
    [InlineData("- range: {ms: {gte: 10, lt: 20.5}}", "todouble(ms) >= 10 and todouble(ms) < real(20.5)")]
    [InlineData("- range: {ms: {from: 10, to: 20, include_upper: false}}", "todouble(ms) >= 10 and todouble(ms) < 20")]
    [InlineData("- exists: {field: user}", "isnotempty(tostring(user))")]
    [InlineData("- not: {exists: {field: user}}", "not(isnotempty(tostring(column_ifexists('user', ''))))")]
    [InlineData("- missing: {field: user}", "not(isnotempty(tostring(column_ifexists('user', ''))))")]
    [InlineData("- wildcard: {path: {value: '*admin*'}}", "tostring(path) contains_cs 'admin'")]
    [InlineData("- wildcard: {path: 'a b*'}", "tostring(path) startswith_cs 'a b'")]
    [InlineData("- prefix: {path: /api}", "tostring(path) startswith_cs '/api'")]
    [InlineData("- regexp: {path: {value: '/api/v[0-9]'}}", "tostring(path) matches regex '^(?:/api/v[0-9])$'")]
    [InlineData("- match: {message: disk full}", "message has 'disk' or message has 'full'")]
    [InlineData("- match: {message: {query: disk full, operator: and}}", "message has 'disk' and message has 'full'")]
    [InlineData("- match_phrase: {message: disk full}", "message has 'disk full'")]
    [InlineData("- match_phrase: {kubernetes.namespace: {query: prod}}", "tostring(['kubernetes.namespace']) == 'prod'")]
    [InlineData("- multi_match: {query: kim, fields: [user, owner^2]}", "tostring(column_ifexists('user', '')) == 'kim' or tostring(column_ifexists('owner', '')) == 'kim'")]
    [InlineData("- filtered: {query: {match_all: {}}, filter: {term: {a: 1}}}", "tostring(a) == '1'")]
    [InlineData("- constant_score: {filter: {term: {a: 1}}}", "tostring(a) == '1'")]
    [InlineData("- or: [{term: {a: 1}}, {and: [{term: {a: 2}}, {term: {a: 3}}]}]", "tostring(a) == '1' or (tostring(a) == '2' and tostring(a) == '3')")]
    [InlineData("[]", "true")]
    [InlineData("query: {term: {a: 1}}", "tostring(a) == '1'")]
    public void ReadAll_Filter_IsKqlOfTheSameMeaning(string yaml, string kql)
    {
        var notes = new List<string>();
        Assert.Equal(kql, Read(yaml, notes).Write());
        Assert.Empty(notes);
    }

    [Theory]
    [InlineData("- script: {script: 'doc.a > 1'}\n- term: {a: 1}", "tostring(a) == '1'", "'script' has no counterpart: this filter is left out")]
    [InlineData("- type: {value: some}\n- term: {a: 1}", "tostring(column_ifexists('_type', '')) in ('', 'some') and tostring(a) == '1'", "'type' (a document type")]
    [InlineData("- range: {'@timestamp': {gte: now-1h}}", "true", "a rule's time range is given by its window")]
    [InlineData("- term: x", "true", "'term' must be a mapping")]
    [InlineData("- terms: {a: {index: i, id: 1}}", "true", "looked up in another index")]
    public void ReadAll_NoCounterpart_IsLeftOutAndTold(string yaml, string kql, string note)
    {
        var notes = new List<string>();
        Assert.Equal(kql, Read(yaml, notes).Write());
        Assert.Contains(note, Assert.Single(notes), StringComparison.Ordinal);
    }

    [Fact]
    public void ReadAll_AnyTree_IsKqlOrANote()
    {
        string[] names =
        [
            "query", "bool", "must", "must_not", "should", "filter", "term", "terms", "range", "exists", "match", "wildcard", "query_string", "not", "or", "a", "field",
            "value", "gte", "minimum_should_match", "nested", "regexp", "prefix", "missing", "multi_match", "fields", "match_all",
        ];
        var random = new Random(3);
        for (int round = 0; round < 3000; round++)
        {
            var notes = new List<string>();
            LuceneQueryTests.AssertParses(new FilterDsl(new FieldConditions(new ImportNames()), (_, note) => notes.Add(note)).ReadAll(Node(0)).Write());
        }

        YamlNode Node(int depth) => depth > 4 ? new YamlScalarNode(random.Next(3) == 0 ? "5" : "x*") : random.Next(4) switch
        {
            0 => new YamlScalarNode(names[random.Next(names.Length)]),
            1 => new YamlSequenceNode(Enumerable.Range(0, random.Next(3)).Select(_ => Node(depth + 1))),
            _ => new YamlMappingNode(Enumerable.Range(0, random.Next(1, 3))
                .Select(_ => names[random.Next(names.Length)]).Distinct()
                .Select(name => KeyValuePair.Create<YamlNode, YamlNode>(new YamlScalarNode(name), Node(depth + 1)))),
        };
    }

    private static Condition Read(string yaml, List<string> notes)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(yaml));
        return new FilterDsl(new FieldConditions(new ImportNames()), (_, note) => notes.Add(note)).ReadAll(stream.Documents[0].RootNode);
    }
}
