using System.Text.Json;
using Bongsu.Ingest.Protocols;
using Bongsu.Ingest.Protocols.ElasticsearchBulk;

namespace Bongsu.Tests.Ingest.Protocols.ElasticsearchBulk;

public sealed class ElasticsearchHandshakeTests
{
    [Theory]
    [InlineData("GET", "/", 200)]
    [InlineData("HEAD", "/", 200)]
    [InlineData("GET", "/_license", 200)]
    [InlineData("GET", "/_xpack", 200)]
    [InlineData("GET", "/_cluster/health", 200)]
    [InlineData("GET", "/_cat/health", 200)]
    [InlineData("GET", "/_nodes/http", 200)]
    [InlineData("GET", "/_nodes/_all/http", 200)]
    [InlineData("HEAD", "/_index_template/filebeat", 404)]
    [InlineData("PUT", "/_index_template/filebeat", 200)]
    [InlineData("GET", "/_component_template/x", 404)]
    [InlineData("PUT", "/_component_template/x", 200)]
    [InlineData("HEAD", "/_template/logstash", 404)]
    [InlineData("GET", "/_ilm/policy/filebeat", 404)]
    [InlineData("PUT", "/_ilm/policy/filebeat", 200)]
    [InlineData("GET", "/_ilm/status", 200)]
    [InlineData("GET", "/_ingest/pipeline/p", 404)]
    [InlineData("PUT", "/_ingest/pipeline/p", 200)]
    [InlineData("GET", "/_data_stream/logs", 200)]
    [InlineData("GET", "/_data_stream/none", 404)]
    [InlineData("PUT", "/_data_stream/none", 200)]
    [InlineData("HEAD", "/logs-2026.11.21", 200)]
    [InlineData("HEAD", "/none", 404)]
    [InlineData("PUT", "/none", 200)]
    [InlineData("PUT", "/none/_mapping", 200)]
    [InlineData("POST", "/none/_refresh", 200)]
    public void Answer_Probe_IsAnswered(string method, string path, int status)
    {
        ProtocolReply? reply = ElasticsearchHandshake.Answer(method, path, table => table == "logs");
        Assert.Equal(status, reply!.Status);
        if (reply.Body.Length > 0 && reply.ContentType == "application/json")
        {
            Assert.Equal(JsonValueKind.Object, JsonDocument.Parse(reply.Body).RootElement.ValueKind);
        }
    }

    [Theory]
    [InlineData("POST", "/_bulk")]
    [InlineData("POST", "/logs/_bulk")]
    [InlineData("GET", "/logs/_search")]
    [InlineData("DELETE", "/logs")]
    public void Answer_AnythingElse_IsLeftToTheServer(string method, string path) =>
        Assert.Null(ElasticsearchHandshake.Answer(method, path, _ => true));

    [Theory]
    [InlineData("application/vnd.elasticsearch+json; compatible-with=8", "application/vnd.elasticsearch+json;compatible-with=8")]
    [InlineData("application/vnd.elasticsearch+json; compatible-with=9,text/plain", "application/vnd.elasticsearch+json;compatible-with=9")]
    [InlineData("*/*", "application/json")]
    [InlineData(null, "application/json")]
    public void NegotiateContentType_Accept_IsMirrored(string? accept, string expected) =>
        Assert.Equal(expected, ElasticsearchHandshake.NegotiateContentType(accept, "application/json"));
}
