using System.IO.Enumeration;

namespace Bongsu.Ingest.Files.Delivery;

/// <summary>Paths with wildcards: <c>*</c> and <c>?</c> within a name, <c>**</c> for any folders.</summary>
internal static class GlobPattern
{
    /// <summary>Whether the text has wildcards at all (a file of that very name comes first).</summary>
    public static bool IsPattern(string text) => text.AsSpan().ContainsAny('*', '?') && !File.Exists(text);

    /// <summary>The files that match, in order of their names; the path itself where it is no pattern.</summary>
    public static IReadOnlyList<string> Expand(string pattern)
    {
        if (!IsPattern(pattern))
        {
            return [pattern];
        }

        char[] separators = OperatingSystem.IsWindows() ? ['\\', '/'] : ['/'];
        string[] segments = pattern.Split(separators);
        int first = Array.FindIndex(segments, segment => segment.AsSpan().ContainsAny('*', '?'));
        string root = string.Join('/', segments[..first]);
        if (root.Length == 0)
        {
            root = first > 0 ? "/" : ".";
        }

        var found = new SortedSet<string>(StringComparer.Ordinal);
        Walk(root, segments.AsSpan(first), isRelative: root == "." && !pattern.StartsWith("./", StringComparison.Ordinal), found);
        return [.. found];
    }

    private static void Walk(string folder, ReadOnlySpan<string> segments, bool isRelative, SortedSet<string> found)
    {
        if (!Directory.Exists(folder))
        {
            return;
        }

        string segment = segments[0];
        if (segment == "**")
        {
            if (segments.Length > 1)
            {
                Walk(folder, segments[1..], isRelative, found);
            }

            foreach (string child in Directory.EnumerateDirectories(folder))
            {
                Walk(Name(child, isRelative), segments.Length > 1 ? segments : (ReadOnlySpan<string>)["**", "*"], isRelative, found);
            }

            return;
        }

        bool isLast = segments.Length == 1;
        IEnumerable<string> entries = isLast ? Directory.EnumerateFiles(folder) : Directory.EnumerateDirectories(folder);
        foreach (string entry in entries)
        {
            if (!FileSystemName.MatchesSimpleExpression(segment, Path.GetFileName(entry), ignoreCase: false))
            {
                continue;
            }

            if (isLast)
            {
                found.Add(Name(entry, isRelative));
            }
            else
            {
                Walk(Name(entry, isRelative), segments[1..], isRelative, found);
            }
        }
    }

    private static string Name(string path, bool isRelative) =>
        isRelative && path.StartsWith("./", StringComparison.Ordinal) ? path[2..] : path;
}
