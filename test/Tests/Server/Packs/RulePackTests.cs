using Bongsu.Server.Configuration;
using Bongsu.Server.Packs;
using Bongsu.Tests.House;

namespace Bongsu.Tests.Server.Packs;

public sealed class RulePackTests
{
    public static TheoryData<string> Packs => [.. RulePacks.Names];

    [Theory]
    [MemberData(nameof(Packs))]
    public async Task Pack_ItsTests_Hold(string pack)
    {
        await using RuleTestRunner runner = await RuleTestRunner.OpenAsync(TimeProvider.System, CancellationToken.None);
        string file = Path.Combine(RepositoryFiles.Root, "packs", pack + ".test.yaml");
        IReadOnlyList<(string Test, IReadOnlyList<string> Differences)> results = await runner.RunFileAsync(file, CancellationToken.None);
        Assert.Equal("", string.Join('\n', results.SelectMany(result => result.Differences.Select(difference => $"{result.Test}: {difference}"))));
        Assert.Contains(results, result => result.Test.StartsWith("quiet", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Run_WrongExpectations_AreNamed()
    {
        using var folder = new TemporaryFolder();
        folder.Write("fatal.yaml", "name: fatal\nquery: logs | where level == 'fatal' | summarize n = count() by host | where n > 0");
        folder.Write("fatal.test.yaml", """
            tests:
              - name: told
                rows: [{ at: 10s, row: { host: a, level: fatal } }]
                alerts: [{ key: { host: b }, at: 1m }]
              - name: refused
                rows: [{ at: 10s, row: { host: a }, add: { host: 1 } }]
                alerts: []
            """);
        await using RuleTestRunner runner = await RuleTestRunner.OpenAsync(TimeProvider.System, CancellationToken.None);
        string file = Assert.Single(RuleTestRunner.FilesOf(folder.Path));
        (string Test, IReadOnlyList<string> Differences) wrong = Assert.Single(await runner.RunFileAsync(file, CancellationToken.None));
        Assert.Equal(["fatal.test.yaml:6:54: 'add.host' and the field must be numbers"], wrong.Differences);

        folder.Write("fatal.test.yaml", "tests: [{ name: told, rows: [{ at: 10s, row: { host: a, level: fatal } }], alerts: [{ key: { host: b }, at: 1m }] }]");
        (string Test, IReadOnlyList<string> Differences) told = Assert.Single(await runner.RunFileAsync(file, CancellationToken.None));
        Assert.Equal(
            ["missing:  host=b at 00:01:00", "not expected: fatal {\"host\":\"a\"} at 00:01:00, resolved at 00:02:00"], told.Differences);
    }

    [Fact]
    public void CopyTo_Folder_WritesRulesAndTestsOnce()
    {
        using var folder = new TemporaryFolder();
        Assert.Equal(["redis.yaml", "redis.test.yaml"], RulePacks.CopyTo("redis", folder.Path).Select(Path.GetFileName));
        Assert.Contains("is there already", Assert.Throws<SettingsException>(() => RulePacks.CopyTo("redis", folder.Path)).Message);
        Assert.Contains("there is no pack 'reddis'", Assert.Throws<SettingsException>(() => RulePacks.CopyTo("reddis", folder.Path)).Message);
    }
}
