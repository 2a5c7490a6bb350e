using System.Globalization;
using System.Text;
using System.Text.Json;
using Bongsu.Ingest.Files;

namespace Bongsu.Tests.Ingest.Files;

/// <summary>Real files, compared with counts made by splitting lines, as awk does.</summary>
public class SharedLogTests
{
    private static readonly LineOptions s_lines = new() { Zone = TimeZoneInfo.Utc, Join = false };

    public static TheoryData<string> AllFiles()
    {
        var files = new TheoryData<string>();
        foreach (string folder in new[] { "loghub", "weblogs", "log-formats" })
        {
            string path = LogFiles.Shared(folder);
            foreach (string file in Directory.Exists(path) ? Directory.GetFiles(path, "*", SearchOption.AllDirectories) : [])
            {
                if (!file.EndsWith(".csv", StringComparison.Ordinal))
                {
                    files.Add(Path.GetRelativePath(LogFiles.SharedFolder, file));
                }
            }
        }

        return files;
    }

    [Fact]
    public void SharedFolder_IsThere_OrTheseTestsSayNothing() =>
        Assert.True(AllFiles().Count > 60 || !Directory.Exists(LogFiles.SharedFolder), "no files under ../shared");

    [Theory]
    [MemberData(nameof(AllFiles))]
    public void NoJoin_AnyFile_OneRowALineAndNoByteLost(string file)
    {
        byte[] content = File.ReadAllBytes(LogFiles.Shared(file));
        List<string> lines = Lines(content);
        List<JsonElement> rows = LogFiles.Rows(content, s_lines);
        Assert.Equal(lines.Count, rows.Count);
        for (int line = 0; line < lines.Count; line++)
        {
            // Every letter and digit of the line's last words is in some value: times and separators come first in all
            // of these.
            string last = lines[line].Split(' ', '"', '[', ']', '\t', '=', '|', '\\', '{', '}', ':', ',', '?')[^1];
            Assert.Contains(last, rows[line].GetRawText().Replace("\\\\", "\\", StringComparison.Ordinal), StringComparison.Ordinal);
        }

        // Reading in small pieces changes nothing.
        List<JsonElement> again = LogFiles.Rows(content, s_lines, pieceBytes: 777);
        Assert.Equal(rows.Select(row => row.GetRawText()), again.Select(row => row.GetRawText()));
    }

    [Theory]
    [InlineData("HDFS", 3)]
    [InlineData("Hadoop", 2)]
    [InlineData("OpenStack", 4)]
    [InlineData("BGL", 8)]
    [InlineData("Windows", 2)]
    public void Level_EqualsTheWordAwkSees(string system, int word)
    {
        if (Load($"loghub/{system}/{system}_2k.log") is not { } content)
        {
            return;
        }

        List<string> lines = Lines(content);
        List<JsonElement> rows = LogFiles.Rows(content);
        Assert.Equal(lines.Count, rows.Count);
        for (int line = 0; line < lines.Count; line++)
        {
            string[] words = lines[line].Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
            Assert.Equal(words[word], rows[line].Text("level"));
        }
    }

    [Theory]
    [InlineData("HDFS", "yyMMdd HHmmss", 13)]
    [InlineData("Hadoop", "yyyy-MM-dd HH:mm:ss,fff", 23)]
    [InlineData("Windows", "yyyy-MM-dd HH:mm:ss", 19)]
    public void Timestamp_EqualsTheLinesBeginning(string system, string format, int length)
    {
        if (Load($"loghub/{system}/{system}_2k.log") is not { } content)
        {
            return;
        }

        List<string> lines = Lines(content);
        List<JsonElement> rows = LogFiles.Rows(content);
        for (int line = 0; line < lines.Count; line++)
        {
            DateTime expected = DateTime.ParseExact(
                lines[line][..length], format, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal);
            Assert.Equal(expected, rows[line].GetProperty("timestamp").GetDateTime());
            Assert.EndsWith(rows[line].Text("message"), lines[line], StringComparison.Ordinal);
        }
    }

    [Fact]
    public void BlueGene_TimeInsideTheLine_IsTheEpochWithTheWrittenFraction()
    {
        if (Load("loghub/BGL/BGL_2k.log") is not { } content)
        {
            return;
        }

        List<string> lines = Lines(content);
        List<JsonElement> rows = LogFiles.Rows(content);
        for (int line = 0; line < lines.Count; line++)
        {
            string[] words = lines[line].Split(' ');
            DateTime time = DateTime.UnixEpoch.AddSeconds(long.Parse(words[1], CultureInfo.InvariantCulture));
            DateTime row = rows[line].GetProperty("timestamp").GetDateTime();
            Assert.Equal(time, new DateTime(row.Ticks - (row.Ticks % TimeSpan.TicksPerSecond), DateTimeKind.Utc));
            Assert.Equal(words[4][^6..], row.ToString("ffffff", CultureInfo.InvariantCulture));
            Assert.Equal(words[0] + " " + string.Join(' ', words[2..]), rows[line].Text("message"));
        }
    }

    [Fact]
    public void OpenStack_TimeBehindTheFileName_IsTaken()
    {
        if (Load("loghub/OpenStack/OpenStack_2k.log") is not { } content)
        {
            return;
        }

        List<string> lines = Lines(content);
        List<JsonElement> rows = LogFiles.Rows(content);
        for (int line = 0; line < lines.Count; line++)
        {
            string[] words = lines[line].Split(' ');
            Assert.Equal($"{words[1]}T{words[2]}0000Z", rows[line].Text("timestamp"));
            Assert.Equal(words[0] + " " + string.Join(' ', words[3..]), rows[line].Text("message"));
        }
    }

    [Theory]
    [InlineData("loghub/Linux/Linux_2k.log")]
    [InlineData("weblogs/linux_auth_3500.log")]
    public void Syslog_HostServiceAndPid_AreTheWordsAwkSees(string file)
    {
        if (Load(file) is not { } content)
        {
            return;
        }

        List<string> lines = Lines(content);
        List<JsonElement> rows = LogFiles.Rows(content);
        Assert.Equal(lines.Count, rows.Count);
        for (int line = 0; line < lines.Count; line++)
        {
            string[] words = lines[line].Split(' ', StringSplitOptions.RemoveEmptyEntries);
            Assert.Equal(words[3], rows[line].Text("host"));
            string tag = words[4].TrimEnd(':').Split('[')[0];
            Assert.StartsWith(tag == "--" ? "" : tag, rows[line].Text("service"), StringComparison.Ordinal);
            Assert.EndsWith(rows[line].Text("message"), lines[line], StringComparison.Ordinal);
            Assert.Equal($"{words[2]}.0000000Z", rows[line].Text("timestamp")[11..]);
        }
    }

    [Fact]
    public void ApacheAccess_FieldsGroupAsAwkGroupsThem()
    {
        if (Load("weblogs/apache_combined_5000.log") is not { } content)
        {
            return;
        }

        List<string> lines = Lines(content);
        List<JsonElement> rows = LogFiles.Rows(content);
        Assert.Equal(Count(lines.Select(line => line.Split(' ')[0])), Count(rows.Select(row => row.Text("client_ip"))));
        Assert.Equal(Count(lines.Select(line => line.Split(' ')[8])), Count(rows.Select(row => row.Text("status"))));
        Assert.Equal(
            lines.Sum(line => long.TryParse(line.Split(' ')[9], out long size) ? size : 0),
            rows.Sum(row => row.TryGetProperty("bytes", out JsonElement bytes) ? bytes.GetInt64() : 0));
        Assert.Equal(Count(lines.Select(line => line.Split('"')[3])), Count(rows.Select(row => row.Text("referer"))));
        Assert.Equal(
            Count(lines.Select(line => line.Split(' ')[6])),
            Count(rows.Select(row => row.Text("path") + (row.TryGetProperty("query", out JsonElement q) ? "?" + q.GetString() : ""))));
    }

    [Fact]
    public void Kafka_Joined_OneRowForEachLineThatBeginsWithATime()
    {
        if (Load("weblogs/kafka_server_300.log") is not { } content)
        {
            return;
        }

        List<string> lines = Lines(content);
        List<JsonElement> rows = LogFiles.Rows(content);
        Assert.Equal(lines.Count(line => line.StartsWith('[')), rows.Count);
        Assert.Equal(lines.Count, rows.Sum(row => row.Text("message").Split('\n').Length));
        Assert.All(rows, row => Assert.NotEmpty(row.Text("level")));
    }

    [Fact]
    public void ApacheError_LevelIsItsOwnField()
    {
        if (Load("loghub/Apache/Apache_2k.log") is not { } content)
        {
            return;
        }

        List<string> lines = Lines(content);
        List<JsonElement> rows = LogFiles.Rows(content);
        Assert.Equal(
            Count(lines.Select(line => line.Split('[', ']')[3])), Count(rows.Select(row => row.Text("level"))));
    }

    internal static List<string> Lines(byte[] content)
    {
        string text = Encoding.Latin1.GetString(content);
        text = Encoding.UTF8.GetString(content) is var utf8 && !utf8.Contains('\uFFFD', StringComparison.Ordinal) ? utf8 : text;
        List<string> lines = [.. text.TrimStart('\uFEFF').Split('\n')];
        if (lines[^1].Length == 0)
        {
            lines.RemoveAt(lines.Count - 1);
        }

        return lines.ConvertAll(line => line.TrimEnd('\r'));
    }

    private static byte[]? Load(string file) => File.Exists(LogFiles.Shared(file)) ? File.ReadAllBytes(LogFiles.Shared(file)) : null;

    private static IEnumerable<(string, int)> Count(IEnumerable<string> values) =>
        values.GroupBy(value => value, StringComparer.Ordinal).Select(group => (group.Key, group.Count()))
            .OrderBy(pair => pair.Key, StringComparer.Ordinal);
}
