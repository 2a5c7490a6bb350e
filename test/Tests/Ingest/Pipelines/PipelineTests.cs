using Bongsu.Ingest;
using Bongsu.Ingest.Pipelines;

namespace Bongsu.Tests.Ingest.Pipelines;

public sealed class PipelineTests
{
    [Fact]
    public void Drop_ByCondition_KeepsTheOthersInOrder()
    {
        PipelineResult result = PipelineText.Run(
            """
            processors:
              - drop: { field: path, equals: [/health, /ready] }
              - drop: { field: message, matches: '^DEBUG' }
              - drop: { all: [ { field: a, exists: false }, { field: n, equals: 4 } ] }
            """,
            "{\"path\":\"/health\",\"n\":1}", "{\"path\":\"/x\",\"n\":2}", "{\"message\":\"DEBUG x\",\"n\":3}", "{\"n\":4}", "{\"n\":4,\"a\":1}");
        Assert.Equal([1, 4], result.KeptRows!);
        Assert.Equal(("2", "4"), (result.Cell("n"), result.Cell("n", 1)));
    }

    [Fact]
    public void Drop_AllRows_LeavesAnEmptyBatch() =>
        Assert.Equal(0, PipelineText.Run("processors: [{drop: {field: n, exists: true}}]", "{\"n\":1}").Batch.RowCount);

    [Fact]
    public void RenameRemoveSet_ChangeColumns()
    {
        PipelineResult result = PipelineText.Run(
            """
            processors:
              - rename: { from: usr, to: user }
              - remove: [ tmp, 'debug.*' ]
              - set: { field: env, value: prod }
              - set: { field: n, value: 5, only_where_absent: true }
            """,
            "{\"usr\":\"a\",\"tmp\":1,\"debug\":{\"x\":1}}", "{\"user\":\"b\",\"n\":1}");
        Assert.Equal(("a", "b"), (result.Cell("user"), result.Cell("user", 1)));
        Assert.Null(result.Batch.Find("tmp"));
        Assert.Null(result.Batch.Find("debug.x"));
        Assert.Equal(("prod", "5", "1"), (result.Cell("env", 1), result.Cell("n"), result.Cell("n", 1)));
    }

    [Fact]
    public void Parse_Regex_GivesTypedFieldsAndConventions()
    {
        PipelineResult result = PipelineText.Run(
            """
            processors:
              - parse:
                  regex: '^(?<timestamp>\S+) (?<level>\w+) took (?<ms>\d+)ms'
                  types: { ms: long }
                  failure_field: unparsed
            """,
            "{\"message\":\"2024-01-01T00:00:00Z WARNING took 12ms\"}", "{\"message\":\"other\"}");
        Assert.Equal("2024-01-01T00:00:00.0000000Z", result.Cell("timestamp"));
        Assert.StartsWith("2026-11-21", result.Cell("timestamp", 1), StringComparison.Ordinal);
        Assert.Equal(("warn", "12", "", "true"), (result.Cell("level"), result.Cell("ms"), result.Cell("ms", 1), result.Cell("unparsed", 1)));
    }

    [Fact]
    public void Parse_Grok_JsonAndKeyValue()
    {
        PipelineResult result = PipelineText.Run(
            """
            processors:
              - parse: { grok: '%{IP:client} %{WORD:verb} %{URIPATHPARAM:path} %{NUMBER:bytes:int} %{DUR:took}', patterns: { DUR: '\d+ms' } }
              - parse: { field: payload, json: true, prefix: 'p.', remove: true }
              - parse: { field: extra, key_value: true }
            """,
            "{\"message\":\"55.3.244.1 GET /index.html?a=b 15824 43ms\",\"payload\":\"{\\\"a\\\":{\\\"b\\\":1},\\\"l\\\":[1]}\",\"extra\":\"x=1 skip y=\\\"two words\\\"\"}");
        Assert.Equal(
            ("55.3.244.1", "GET", "/index.html?a=b", "15824", "43ms"),
            (result.Cell("client"), result.Cell("verb"), result.Cell("path"), result.Cell("bytes"), result.Cell("took")));
        Assert.Equal(("1", "[1]", ""), (result.Cell("p.a.b"), result.Cell("p.l"), result.Cell("payload")));
        Assert.Equal(("1", "two words"), (result.Cell("x"), result.Cell("y")));
    }

    [Theory]
    [InlineData("processors: [{maks: {kinds: all}}]", "logs.yaml:1:15: there is no processor 'maks': expected drop, rename, remove, set, parse, mask, hash; did you mean 'mask'?")]
    [InlineData("processors: [{mask: {kinds: [phon]}}]", "logs.yaml:1:30: unknown kind 'phon': expected resident_number, phone, card, email, token, all; did you mean 'phone'?")]
    [InlineData("processors: [{mask: {kind: all, fields: x}}]", "logs.yaml:1:22: 'mask' has no 'kind': expected keep_last, replacement, keys, fields, kinds, pattern; did you mean 'kinds'?")]
    [InlineData("processors: [{parse: {regex: '(?<a>'}}]", "logs.yaml:1:30: not a regular expression, at its character 5: InsufficientClosingParentheses")]
    [InlineData("processors: [{parse: {regex: '(?<=a)b'}}]", "logs.yaml:1:30: look-around, back references and atomic groups are not allowed here: they could take for ever")]
    [InlineData("processors: [{parse: {grok: '%{NUMER:n}'}}]", "logs.yaml:1:29: there is no pattern named 'NUMER'; did you mean 'NUMBER'?")]
    [InlineData("processors: [{hash: {fields: a}}]", "logs.yaml:1:21: 'hash' needs one of key_file and key_env: a hash without a key can be tried out")]
    [InlineData("processors: [{drop: {field: a}}]", "logs.yaml:1:21: a condition needs 'equals', 'contains', 'matches' or 'exists'")]
    [InlineData("processors: {}", "logs.yaml:1:13: 'processors' must be a list")]
    [InlineData("tables: x\nprocessors: []", "logs.yaml:1:1: a pipeline has no 'tables': expected table, processors; did you mean 'table'?")]
    public void Load_Mistakes_HavePlaceExpectationAndSuggestion(string yaml, string expected) =>
        Assert.Equal([expected], PipelineText.Errors(yaml));

    [Fact]
    public void Load_BrokenYaml_HasItsPlace() =>
        Assert.StartsWith("logs.yaml:2:", Assert.Single(PipelineText.Errors("processors:\n  - [x: }")), StringComparison.Ordinal);

    [Fact]
    public void Folder_ReloadWithAnError_KeepsWhatWasInForce()
    {
        string folder = Directory.CreateTempSubdirectory("bongsu-pipelines-").FullName;
        try
        {
            File.WriteAllText(Path.Combine(folder, "logs.yaml"), "processors: [{mask: {kinds: email}}]");
            File.WriteAllText(Path.Combine(folder, "all.yaml"), "table: '*'\nprocessors: [{set: {field: seen, value: true}}]");
            var pipelines = new PipelineFolder(folder);
            Assert.False(pipelines.HasChanged);
            File.WriteAllText(Path.Combine(folder, "other.yaml"), "processors: 7");
            Assert.True(pipelines.HasChanged);
            PipelineException error = Assert.Throws<PipelineException>(pipelines.Reload);
            Assert.Equal("other.yaml", Assert.Single(error.Errors).File);
            PipelineResult result = pipelines.Apply("default", "logs", PipelineText.Decode("{\"message\":\"a@b.com\"}"));
            Assert.Equal(("***", "true"), (result.Cell("message"), result.Cell("seen")));
            Assert.Equal("a@b.com", pipelines.Apply("default", "else", PipelineText.Decode("{\"message\":\"a@b.com\"}")).Cell("message"));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
