using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Bongsu.Tests.House;

/// <summary>The habits of the house that neither the compiler nor the formatter holds.</summary>
public sealed partial class TidyTests
{
    private const int MaxFileLines = 600;
    private const int MaxMethodLines = 70;
    private const int MaxLineLength = 150;

    // Which room may use which: the table of the architecture. Tests and benchmarks may use all.
    private static readonly Dictionary<string, string[]> s_allowedReferences = new()
    {
        ["Core"] = [],
        ["Store"] = ["Core"],
        ["Query"] = ["Core", "Store"],
        ["Ingest"] = ["Core", "Store"],
        ["Stream"] = ["Core", "Store", "Query"],
        ["Alert"] = ["Core", "Store", "Query", "Stream"],
        ["Server"] = ["Core", "Store", "Query", "Ingest", "Stream", "Alert"],
    };

    private static readonly string[] s_bannedNames = ["Helper", "Helpers", "Util", "Utils", "Utilities", "Common", "Manager", "Managers", "Abstractions"];

    private static readonly string[] s_bannedCalls =
    [
        "DateTime.UtcNow", "DateTime.Now", "DateTimeOffset.UtcNow", "DateTimeOffset.Now", "Thread.Sleep(", "#region", "Console.WriteLine(\"DEBUG",
    ];

    [Fact]
    public void Files_AreNoLongerThanTheLimit()
    {
        AssertNone(RepositoryFiles.Sources
            .Select(path => (path, lines: RepositoryFiles.Lines(path).Length))
            .Where(file => file.lines > MaxFileLines)
            .Select(file => $"{file.path}: {file.lines} lines, at most {MaxFileLines}"));
    }

    [Fact]
    public void Lines_AreNoLongerThanTheLimit()
    {
        AssertNone(RepositoryFiles.Sources.Where(IsProduct).SelectMany(path => RepositoryFiles.Lines(path)
            .Select((line, index) => (line, index))
            .Where(entry => entry.line.Length > MaxLineLength)
            .Select(entry => $"{path}:{entry.index + 1}: {entry.line.Length} characters, at most {MaxLineLength}")));
    }

    [Fact]
    public void Methods_AreNoLongerThanTheLimit()
    {
        AssertNone(RepositoryFiles.Sources.Where(IsProduct).SelectMany(path =>
            MethodLengths(RepositoryFiles.Lines(path))
                .Where(method => method.Lines > MaxMethodLines)
                .Select(method => $"{path}:{method.Start}: {method.Lines} lines, at most {MaxMethodLines}")));
    }

    [Fact]
    public void Namespaces_FollowFolders()
    {
        AssertNone(RepositoryFiles.Sources.Where(IsProduct).Select(path =>
        {
            string? declared = RepositoryFiles.Lines(path).FirstOrDefault(line => line.StartsWith("namespace ", StringComparison.Ordinal));
            string expected = "Bongsu." + string.Join('.', path.Split('/')[1..^1]);
            return declared is null || declared == $"namespace {expected};" ? null : $"{path}: '{declared}', expected {expected}";
        }).OfType<string>());
    }

    [Fact]
    public void Names_AvoidCatchAllWords()
    {
        AssertNone(RepositoryFiles.Sources.Where(path =>
            path.Split('/', '.').Any(part => s_bannedNames.Any(banned => part.EndsWith(banned, StringComparison.Ordinal)))));
    }

    [Fact]
    public void Sources_AvoidBannedCalls()
    {
        AssertNone(RepositoryFiles.Sources.Where(IsProduct).SelectMany(path => RepositoryFiles.Lines(path)
            .Select((line, index) => (line, index))
            .SelectMany(entry => s_bannedCalls.Where(entry.line.Contains).Select(call => $"{path}:{entry.index + 1}: {call}"))));
    }

    [Fact]
    public void Projects_ReferOnlyToRoomsBelow()
    {
        AssertNone(s_allowedReferences.SelectMany(room =>
        {
            XDocument project = XDocument.Load(Path.Combine(RepositoryFiles.Root, "src", room.Key, room.Key + ".csproj"));
            return project.Descendants("ProjectReference")
                .Select(reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value))
                .Where(used => !room.Value.Contains(used))
                .Select(used => $"{room.Key} uses {used}");
        }));
        string[] rooms = [.. Directory.GetDirectories(Path.Combine(RepositoryFiles.Root, "src")).Select(path => Path.GetFileName(path)!).Order()];
        Assert.Equal(s_allowedReferences.Keys.Order(), rooms);
    }

    [Fact]
    public void Documents_HaveNoDeadLinks()
    {
        AssertNone(RepositoryFiles.All.Where(path => path.EndsWith(".md", StringComparison.Ordinal)).SelectMany(path =>
            RelativeLink().Matches(File.ReadAllText(Path.Combine(RepositoryFiles.Root, path)))
                .Select(match => match.Groups[1].Value)
                .Where(link => !link.Contains("://", StringComparison.Ordinal) && !link.StartsWith("mailto:", StringComparison.Ordinal))
                .Select(link => Path.Combine(Path.GetDirectoryName(path)!, link.Split('#')[0]))
                .Where(target => !Path.Exists(Path.Combine(RepositoryFiles.Root, target)))
                .Select(target => $"{path}: {target} is not there")));
    }

    [Fact]
    public void LockFiles_CarryNoDownloadAddresses()
    {
        AssertNone(RepositoryFiles.All.Where(path => path.EndsWith("package-lock.json", StringComparison.Ordinal))
            .Where(path => File.ReadAllText(Path.Combine(RepositoryFiles.Root, path)).Contains("\"resolved\": \"http", StringComparison.Ordinal)));
    }

    private static bool IsProduct(string path) => path.StartsWith("src/", StringComparison.Ordinal);

    private static void AssertNone(IEnumerable<string> findings)
    {
        string[] all = [.. findings];
        Assert.True(all.Length == 0, string.Join('\n', all));
    }

    // By indentation, which the formatter guarantees: a brace block four or eight spaces in that begins below a line
    // with a parenthesis.
    private static IEnumerable<(int Start, int Lines)> MethodLengths(string[] lines)
    {
        for (int line = 1; line < lines.Length; line++)
        {
            string text = lines[line];
            int indent = text.Length - text.TrimStart(' ').Length;
            if (text.Trim() != "{" || indent is not (4 or 8) || !IsMethodHead(lines, line - 1))
            {
                continue;
            }

            string closing = new string(' ', indent) + "}";
            int end = Array.FindIndex(lines, line, other => other == closing || other == closing + ";");
            yield return (line + 1, end - line - 1);
        }
    }

    private static bool IsMethodHead(string[] lines, int line)
    {
        string head = lines[line].TrimEnd();
        return (head.EndsWith(')') || lines[line].TrimStart().StartsWith("where ", StringComparison.Ordinal)) &&
            !lines.Skip(Math.Max(0, line - 3)).Take(4).Any(near => TypeHead().IsMatch(near));
    }

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex RelativeLink();

    [GeneratedRegex(@"\b(class|struct|record|interface|enum)\b.*\b[A-Z]")]
    private static partial Regex TypeHead();
}
