using System.Xml.Linq;
using Bongsu.LogBench.Reporting;

namespace Bongsu.Tests.LogBench.Reporting;

public sealed class ReportTests
{
    [Fact]
    public void Chart_OfAnyRun_IsWellFormedAndShowsEveryQueryAndEngine()
    {
        string svg = new Chart(Run()).Draw();
        string[] texts = [.. XDocument.Parse(svg).Descendants().Where(element => element.Name.LocalName == "text").Select(element => element.Value)];
        Assert.Contains("a < b & c", texts);
        Assert.Contains("Peer", texts);
        Assert.Contains("prefers-color-scheme: dark", svg, StringComparison.Ordinal);
    }

    [Fact]
    public void Json_ReadAgain_IsTheSameRun()
    {
        using var folder = new TemporaryFolder();
        string json = Run().ToJson();
        Assert.Equal(json, BenchResult.Read(folder.Write("run.json", json)).ToJson());
    }

    [Fact]
    public void Verdict_TiesAndLosses_AreToldApart()
    {
        BenchResult run = Run();
        var verdict = new Verdict(run, "");
        Assert.Equal([true, false, false], run.Queries.Select(verdict.IsTie));
        Assert.Equal(["Q3"], verdict.Behind.Select(query => query.Name));
        Assert.Equal(Math.Pow(4 * 0.5, 1 / 3.0), verdict.GeometricMean, 9);
    }

    [Fact]
    public void Verdict_FiguresFromElsewhere_AreScaledByThePeersOfTheRun()
    {
        using var folder = new TemporaryFolder();
        string elsewhere = folder.Write("elsewhere.json", """
            {"rows": 200000, "days": 1, "medianMs": {
              "Q1": {"VictoriaLogs": 0.1, "Peer": 1}, "Q2": {"VictoriaLogs": 30, "Peer": 50}, "Q3": {"VictoriaLogs": 80, "Peer": 50}}}
            """);
        var verdict = new Verdict(Run(), elsewhere);
        Assert.Equal(60, verdict.ToBeatMs("Q2"), 6);
        Assert.Equal(100, verdict.ToBeatMs("Q3"), 6);
        Assert.False(new Verdict(Run() with { Days = 2 }, elsewhere).HasElsewhere);
    }

    [Fact]
    public void Markdown_EveryRow_HasTheColumnsOfItsHead()
    {
        BenchResult run = Run();
        string[] rows = [.. new MarkdownReport(run, new Verdict(run, ""), run).Write().Split('\n')
            .TakeWhile(line => !line.StartsWith("*To beat", StringComparison.Ordinal))
            .Where(line => line.StartsWith('|'))];
        Assert.True(rows.Length > 10);
        Assert.Single(rows.Select(row => row.Count(letter => letter == '|')).Distinct());
    }

    [Fact]
    public void Name_OfResults_TellsTheSizeWhereItIsUnusual()
    {
        Assert.Equal("2026-11-02-logs-200k", ResultFiles.NameOf(Run()));
        Assert.Equal("2026-11-02-logs", ResultFiles.NameOf(Run() with { Rows = 5_000_000 }));
        Assert.Equal("2026-11-02-logs-20m", ResultFiles.NameOf(Run() with { Rows = 20_000_000 }));
    }

    private static BenchResult Run() => new()
    {
        Date = new DateOnly(2026, 11, 2),
        Command = "./dev bench logs",
        Machine = new Machine("CPU", 2, 8, "Linux", ".NET", 0.1),
        Rows = 200_000,
        Days = 1,
        FileBytes = 80_000_000,
        Connections = 4,
        Load = new LoadFigures { Seconds = 1, RowsPerSecond = 200_000, CpuSeconds = 1, QuietCpuSeconds = 2, QuietSeconds = 3 },
        Memory = new MemoryFigures { EmptyMb = 70, PeakMb = 200, RestMb = 100 },
        Storage = new StorageFigures { PartBytes = 5_000_000, FolderBytes = 9_000_000, Parts = 1 },
        Queries = [Query("Q1", "both fast", 0.1), Query("Q2", "a < b & c", 25), Query("Q3", "slower", 200)],
        Peers =
        [
            new PeerFigures
            {
                Name = "Peer",
                Version = "1",
                InsertSeconds = 1,
                InsertCpuSeconds = 1,
                QuietCpuSeconds = 1,
                PeakMb = 400,
                SizeBytes = 12_000_000,
                Queries = new Dictionary<string, PeerQuery> { ["Q1"] = new(1, 1), ["Q2"] = new(200, 100), ["Q3"] = new(200, 100) },
            },
        ],
    };

    private static QueryFigures Query(string name, string title, double ms) =>
        new() { Name = name, Title = title, FirstMs = ms * 2, ServerMs = ms, HttpMs = ms + 1 };
}
