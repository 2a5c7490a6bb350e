using Bongsu.Server.Auth;

namespace Bongsu.Tests.Server;

public sealed class CredentialTests
{
    [Fact]
    public void Key_OnceCreated_AuthenticatesAndRestsAsHash()
    {
        using var folder = new TemporaryFolder();
        var keys = new ApiKeyFile(folder.Path, TimeProvider.System);
        Assert.False(keys.IsConfigured);
        string key = keys.Create("acme", Scopes.Ingest | Scopes.Query, "test");
        Principal principal = new ApiKeyFile(folder.Path, TimeProvider.System).Authenticate(key)!;
        Assert.Equal(("acme", Scopes.Ingest | Scopes.Query), (principal.Tenant, principal.Scopes));
        Assert.False(principal.Scopes.HasFlag(Scopes.Admin));
        Assert.DoesNotContain(key[^20..], File.ReadAllText(Path.Combine(folder.Path, "keys.json")));
        Assert.Null(keys.Authenticate(key + "x"));
        Assert.Null(keys.Authenticate(""));
    }

    [Fact]
    public void Key_OnceRemoved_IsUnknown()
    {
        using var folder = new TemporaryFolder();
        var keys = new ApiKeyFile(folder.Path, TimeProvider.System);
        string key = keys.Create("default", Scopes.Admin, "");
        Assert.True(keys.Remove(keys.Keys.Single().Id));
        Assert.Null(keys.Authenticate(key));
        Assert.False(keys.Remove("nothing"));
    }

    [Fact]
    public void KeyFile_OfAnotherProcess_IsNoticedAfterAWhile()
    {
        using var folder = new TemporaryFolder();
        var time = new ManualTime();
        var server = new ApiKeyFile(folder.Path, time);
        string key = new ApiKeyFile(folder.Path, time).Create("default", Scopes.Query, "");
        time.Advance(TimeSpan.FromSeconds(3));
        Assert.NotNull(server.Authenticate(key));
    }

    [Fact]
    public void Session_IsValidUntilItsEnd_AndOnlyWithItsSignature()
    {
        using var folder = new TemporaryFolder();
        var time = new ManualTime();
        var sessions = new SessionTokens(folder.Path, time);
        string token = sessions.Issue("abcd");
        Assert.Equal("abcd", new SessionTokens(folder.Path, time).Validate(token));
        Assert.Null(sessions.Validate(token.Replace("abcd", "abce", StringComparison.Ordinal)));
        Assert.Null(sessions.Validate(token[..^1]));
        Assert.Null(sessions.Validate(""));
        Assert.Null(sessions.Validate("a.b"));
        time.Advance(SessionTokens.Lifetime);
        Assert.Null(sessions.Validate(token));
    }

    [Theory]
    [InlineData("ingest", true)]
    [InlineData("ingest, query", true)]
    [InlineData("root", false)]
    [InlineData("", false)]
    public void Scopes_OfAText_AreReadOrRefused(string text, bool expected) => Assert.Equal(expected, ScopeNames.TryParse(text, out _));
}
