using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Bongsu.EndToEnd;

/// <summary>Hostile and careless requests get a clear answer and hurt nobody.</summary>
public sealed class SafetyTests : IAsyncLifetime
{
    private readonly TemporaryDirectory _data = new();
    private ServerProcess _server = null!;

    public async Task InitializeAsync() => _server = await ServerProcess.StartAsync(_data.Path, "--max-body", "4MiB", "--max-inflated", "8MiB");

    public async Task DisposeAsync()
    {
        await _server.DisposeAsync();
        _data.Dispose();
    }

    [Theory]
    [InlineData("evil.example", null, HttpStatusCode.BadRequest)]
    [InlineData(null, "https://evil.example", HttpStatusCode.Forbidden)]
    [InlineData(null, "null", HttpStatusCode.Forbidden)]
    [InlineData("localhost", null, HttpStatusCode.OK)]
    public async Task Request_FromAnotherSite_IsRefused(string? host, string? origin, HttpStatusCode expected)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/tables");
        request.Headers.Host = host is null ? null : $"{host}:{_server.Address.Port}";
        if (origin is not null)
        {
            request.Headers.Add("Origin", origin);
        }

        using HttpResponseMessage response = await _server.Http.SendAsync(request);
        Assert.Equal(expected, response.StatusCode);
    }

    [Fact]
    public async Task Query_AsPlainForm_IsRefused()
    {
        using var form = new StringContent("{\"query\":\"print 1\"}", Encoding.UTF8, "text/plain");
        using HttpResponseMessage response = await _server.Http.PostAsync(new Uri("/api/query", UriKind.Relative), form);
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, response.StatusCode);
    }

    [Fact]
    public async Task Body_PastTheLimit_Answers413()
    {
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, await PostAsync("/ingest/t", new byte[5 << 20], null));
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    public async Task Bomb_PastTheInflatedLimit_Answers413(string encoding)
    {
        using var packed = new MemoryStream();
        using (System.IO.Stream stream = encoding == "gzip" ? new GZipStream(packed, CompressionLevel.Fastest) : new BrotliStream(packed, CompressionLevel.Fastest))
        {
            byte[] zeros = new byte[1 << 20];
            for (int mebibyte = 0; mebibyte < 64; mebibyte++)
            {
                stream.Write(zeros);
            }
        }

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, await PostAsync("/ingest/t", packed.ToArray(), encoding));
    }

    [Theory]
    [InlineData("/ingest/..%2F..%2Fetc")]
    [InlineData("/ingest/%00")]
    [InlineData("/ingest/a%0Ab")]
    public async Task TableName_ThatIsAPath_Answers400(string path)
    {
        Assert.Equal(HttpStatusCode.BadRequest, await PostAsync(path, "{\"a\":1}"u8.ToArray(), null));
        Assert.DoesNotContain(Directory.EnumerateFileSystemEntries(_data.Path), entry => entry.Contains("etc", StringComparison.Ordinal));
    }

    [Fact]
    public async Task HostileRows_AreRejectedOneByOne_AndTheRestIsKept()
    {
        string deep = string.Concat(Enumerable.Repeat("{\"a\":", 500)) + "1" + new string('}', 500);
        var body = new List<byte>();
        body.AddRange("{\"message\":\"good one\"}\n"u8);
        body.AddRange(Encoding.UTF8.GetBytes(deep + "\n"));
        body.AddRange("{\"message\":\"nul \\u0000 inside\",\"\\u0000\":1,\"\":2}\n"u8);
        body.AddRange("{\"message\":\"bad \xFF\xFE utf\"}\n"u8);
        body.AddRange("not json\n"u8);
        body.AddRange("{\"message\":\"good two\"}\n"u8);
        Assert.Equal(HttpStatusCode.OK, await PostAsync("/ingest/hostile", [.. body], null));
        Assert.Equal(2, await _server.NumberAsync("hostile | where message startswith 'good' | count"));
        Assert.Equal(0, await _server.NumberAsync("hostile | where message has 'json' | count"));
    }

    [Theory]
    [InlineData("logs | where", "expected")]
    [InlineData("nothere | count", "nothere")]
    [InlineData("print x = strlenn('a')", "strlen")]
    public async Task Query_ThatIsWrong_SaysWhereAndWhat(string kql, string part)
    {
        HttpRequestException error = await Assert.ThrowsAsync<HttpRequestException>(() => _server.QueryAsync(kql));
        Assert.Equal(HttpStatusCode.BadRequest, error.StatusCode);
        Assert.Contains(part, error.Message, StringComparison.Ordinal);
        Assert.Contains("\"line\":1", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Keys_OnceMade_GuardEverything()
    {
        using var data = new TemporaryDirectory();
        (int code, string adminKey, _) = await ServerProcess.RunAsync("keys", "create", "--data", data.Path);
        Assert.Equal(0, code);
        (_, string ingestKey, _) = await ServerProcess.RunAsync("keys", "create", "--data", data.Path, "--scopes", "ingest");
        await using ServerProcess server = await ServerProcess.StartAsync(data.Path);
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(server, null));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(server, "bgs_00000000_wrong"));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(server, ingestKey.Trim()));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(server, adminKey.Trim()));
        Assert.DoesNotContain(adminKey.Trim(), await File.ReadAllTextAsync(data.File("keys.json")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tls_WithACertificate_IsSpoken()
    {
        using var data = new TemporaryDirectory();
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        DateTimeOffset now = DateTimeOffset.UtcNow;
        using X509Certificate2 certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        await File.WriteAllTextAsync(data.File("cert.pem"), certificate.ExportCertificatePem());
        await File.WriteAllTextAsync(data.File("key.pem"), key.ExportPkcs8PrivateKeyPem());
        await using ServerProcess server = await ServerProcess.StartAsync(
            data.File("data"), "--tls-cert", data.File("cert.pem"), "--tls-key", data.File("key.pem"));
        Assert.Equal("https", server.Address.Scheme);
        using var handler = new HttpClientHandler();
        handler.ServerCertificateCustomValidationCallback = (_, shown, _, _) => shown?.Thumbprint == certificate.Thumbprint;
        using var http = new HttpClient(handler) { BaseAddress = server.Address };
        Assert.Equal("ok\n", await http.GetStringAsync(new Uri("/healthz", UriKind.Relative)));
    }

    [Fact]
    public async Task Serve_WithoutKeysOnAnOpenAddress_Refuses()
    {
        using var data = new TemporaryDirectory();
        (int code, _, string error) = await ServerProcess.RunAsync("serve", "--data", data.Path, "--http", "0.0.0.0:0");
        Assert.NotEqual(0, code);
        Assert.Contains("keys create", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Terminate_DrainsAndEndsWell()
    {
        using var data = new TemporaryDirectory();
        ServerProcess server = await ServerProcess.StartAsync(data.Path);
        await server.IngestAsync("t", "{\"a\":1}\n");
        Assert.Equal(0, await server.TerminateAsync());
        await server.DisposeAsync();
        await using ServerProcess again = await ServerProcess.StartAsync(data.Path);
        Assert.Equal(1, await again.NumberAsync("t | count"));
    }

    private static async Task<HttpStatusCode> StatusAsync(ServerProcess server, string? key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/tables");
        request.Headers.Authorization = key is null ? null : new AuthenticationHeaderValue("Bearer", key);
        using HttpResponseMessage response = await server.Http.SendAsync(request);
        return response.StatusCode;
    }

    private async Task<HttpStatusCode> PostAsync(string path, byte[] body, string? encoding)
    {
        using var content = new ByteArrayContent(body);
        if (encoding is not null)
        {
            content.Headers.ContentEncoding.Add(encoding);
        }

        // Asks before it sends, as curl does with large bodies: a refusal then is an answer and not a broken pipe.
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = content };
        request.Headers.ExpectContinue = true;
        using HttpResponseMessage response = await _server.Http.SendAsync(request);
        return response.StatusCode;
    }
}
