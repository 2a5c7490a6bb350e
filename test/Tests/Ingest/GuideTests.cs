using System.Text;
using Bongsu.Ingest.Files;
using Bongsu.Ingest.Files.Times;
using Bongsu.Ingest.Pipelines;
using Bongsu.Ingest.Pipelines.Configuration;
using Bongsu.Ingest.Protocols.Syslog;
using Bongsu.Tests.Ingest.Files;

namespace Bongsu.Tests.Ingest;

/// <summary>The examples of the guide do what the guide says.</summary>
public class GuideTests
{
    [Fact]
    public void Files_EveryTimeShown_IsRecognised()
    {
        string[] lines = Blocks("files.md", "times").Single().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.True(lines.Length > 20);
        foreach (string line in lines)
        {
            Assert.True(TimeScanner.TryScan(Encoding.UTF8.GetBytes(line), 0, out _, out _), line);
        }
    }

    [Fact]
    public void Syslog_EveryMessageShown_HasTimeServiceAndText()
    {
        string[] lines = Blocks("syslog.md", "syslog").Single().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        foreach (string line in lines)
        {
            var record = new LogRecord();
            SyslogParser.Parse(Encoding.UTF8.GetBytes(line), new TimeResolver(TimeZoneInfo.Utc, new FixedClock(LogFiles.Now)), record);
            Assert.True(record.Time is not null && record.Has("service") && record.Has("level") && !record.Message.IsEmpty, line);
        }
    }

    [Fact]
    public void Pipelines_EveryExample_Loads()
    {
        List<string> blocks = Blocks("pipelines.md", "yaml");
        Assert.True(blocks.Count >= 4);
        foreach (string block in blocks)
        {
            var errors = new List<PipelineError>();
            Assert.NotNull(PipelineLoader.Parse("example.yaml", block, errors, Path.GetTempPath()));
            Assert.Empty(errors);
        }
    }

    private static List<string> Blocks(string page, string language)
    {
        string text = File.ReadAllText(Path.Combine(LogFiles.Repository, "docs", "guide", page));
        return [.. text.Split("```" + language + "\n").Skip(1).Select(part => part.Split("```")[0])];
    }
}
