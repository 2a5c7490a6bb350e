using System.Diagnostics;

namespace Bongsu.Tests.House;

/// <summary>The repository's files as git tracks them.</summary>
internal static class RepositoryFiles
{
    /// <summary>The repository's root.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>Paths of all files that are tracked or about to be, relative to the root, with forward
    /// slashes.</summary>
    public static IReadOnlyList<string> All { get; } = List();

    /// <summary>C# sources.</summary>
    public static IEnumerable<string> Sources => All.Where(path => path.EndsWith(".cs", StringComparison.Ordinal));

    /// <summary>Lines of one file.</summary>
    public static string[] Lines(string path) => File.ReadAllLines(Path.Combine(Root, path));

    private static string FindRoot()
    {
        string? directory = AppContext.BaseDirectory;
        while (directory is not null && !File.Exists(Path.Combine(directory, "Bongsu.slnx")))
        {
            directory = Path.GetDirectoryName(directory);
        }

        return directory ?? throw new InvalidOperationException("no Bongsu.slnx above the test");
    }

    private static string[] List()
    {
        var start = new ProcessStartInfo("git", ["ls-files", "--cached", "--others", "--exclude-standard"])
        {
            WorkingDirectory = Root,
            RedirectStandardOutput = true,
        };
        using Process git = Process.Start(start)!;
        string output = git.StandardOutput.ReadToEnd();
        git.WaitForExit();
        return [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(path => File.Exists(Path.Combine(Root, path)))];
    }
}
