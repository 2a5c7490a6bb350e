using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace Bongsu.EndToEnd;

/// <summary>Rule files read, checked and changed over HTTP, and running at once.</summary>
public sealed class RuleFileTests : IAsyncLifetime
{
    private const string Rule = "name: fatal\nquery: logs | where level == \"fatal\"\n";
    private readonly TemporaryDirectory _data = new();
    private ServerProcess _server = null!;

    public async Task InitializeAsync() => _server = await ServerProcess.StartAsync(_data.Path);

    public async Task DisposeAsync()
    {
        await _server.DisposeAsync();
        _data.Dispose();
    }

    [Fact]
    public async Task File_WrittenChangedRemoved_RunsAtOnce()
    {
        JsonElement written = await OkAsync(await PutAsync("team/fatal.yaml", Rule, version: null));
        string version = written.GetProperty("version").GetString()!;
        Assert.Equal(["fatal"], await NamesAsync());
        Assert.Equal(Rule, (await OkAsync(await _server.Http.GetAsync("/api/rules/files/team/fatal.yaml"))).GetProperty("text").GetString());

        HttpResponseMessage stale = await PutAsync("team/fatal.yaml", Rule, version: null);
        Assert.Equal(HttpStatusCode.Conflict, stale.StatusCode);
        JsonElement again = await OkAsync(await PutAsync("team/fatal.yaml", Rule.Replace("name: fatal", "name: deadly", StringComparison.Ordinal), version));
        Assert.Equal(["deadly"], await NamesAsync());

        version = again.GetProperty("version").GetString()!;
        HttpResponseMessage removed = await _server.Http.DeleteAsync($"/api/rules/files/team/fatal.yaml?version={version}");
        Assert.Equal(HttpStatusCode.NoContent, removed.StatusCode);
        Assert.Empty(await NamesAsync());
    }

    [Fact]
    public async Task File_WithAnError_IsRefusedWithItsPlace()
    {
        HttpResponseMessage answer = await PutAsync("a.yaml", "name: a\nquery: logs | were level == 'x'\n", version: null);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        JsonElement error = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("error").GetProperty("rules")[0];
        Assert.Equal((2, 15), (error.GetProperty("line").GetInt32(), error.GetProperty("column").GetInt32()));
        Assert.Equal("where", error.GetProperty("suggestion").GetString());
        Assert.Empty(await NamesAsync());

        JsonElement check = await OkAsync(await _server.Http.PostAsJsonAsync("/api/rules/check", new { file = "a.yaml", text = "name: a\nquery: logs | were x" }));
        Assert.Equal(1, check.GetProperty("errors").GetArrayLength());
        check = await OkAsync(await _server.Http.PostAsJsonAsync("/api/rules/check", new { file = "a.yaml", text = Rule }));
        Assert.Equal("fatal", check.GetProperty("rules")[0].GetString());
    }

    [Fact]
    public async Task Pack_Added_RunsWithItsTestsBesideIt()
    {
        JsonElement packs = (await OkAsync(await _server.Http.GetAsync("/api/rules/packs"))).GetProperty("packs");
        JsonElement redis = packs.EnumerateArray().Single(pack => pack.GetProperty("name").GetString() == "redis");
        Assert.False(redis.GetProperty("isAdded").GetBoolean());

        JsonElement added = await OkAsync(await _server.Http.PostAsJsonAsync("/api/rules/packs/redis", new { }));
        Assert.Equal("redis.yaml", added.GetProperty("file").GetString());
        Assert.Equal(redis.GetProperty("rules").EnumerateArray().Select(rule => rule.GetProperty("name").GetString()).Order(), await NamesAsync());
        await OkAsync(await _server.Http.GetAsync("/api/rules/files/redis.test.yaml"));
        Assert.Equal(HttpStatusCode.Conflict, (await _server.Http.PostAsJsonAsync("/api/rules/packs/redis", new { })).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await _server.Http.PostAsJsonAsync("/api/rules/packs/..%2Fredis", new { })).StatusCode);
    }

    [Theory]
    [InlineData("..%2Fout.yaml")]
    [InlineData("a%2F..%2F..%2Fout.yaml")]
    [InlineData("%2Fetc%2Fout.yaml")]
    [InlineData(".hidden.yaml")]
    [InlineData("rule.txt")]
    [InlineData("channels.yaml")]
    [InlineData("a%5Cb.yaml")]
    public async Task File_WithAnotherPlaceOrKind_IsRefused(string file)
    {
        HttpResponseMessage answer = await PutAsync(file, Rule, version: null);
        Assert.True(answer.StatusCode is HttpStatusCode.BadRequest or HttpStatusCode.NotFound, $"{answer.StatusCode}");
        Assert.Empty(await NamesAsync());
        Assert.False(File.Exists(Path.Combine(_data.Path, "out.yaml")));
    }

    private static async Task<JsonElement> OkAsync(HttpResponseMessage answer)
    {
        string body = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, body);
        return JsonSerializer.Deserialize<JsonElement>(body);
    }

    private Task<HttpResponseMessage> PutAsync(string file, string text, string? version) =>
        _server.Http.PutAsJsonAsync($"/api/rules/files/{file}", new { text, version });

    private async Task<string[]> NamesAsync()
    {
        JsonElement list = await _server.Http.GetFromJsonAsync<JsonElement>("/api/rules");
        return [.. list.GetProperty("rules").EnumerateArray().Select(rule => rule.GetProperty("name").GetString()!)];
    }
}
