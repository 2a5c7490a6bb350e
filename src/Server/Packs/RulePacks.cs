using System.Reflection;
using Bongsu.Alert.Backtest;
using Bongsu.Server.Configuration;

namespace Bongsu.Server.Packs;

/// <summary>Rule files that come with the program, each with its tests: the folder <c>packs</c> of the repository,
/// embedded.</summary>
internal static class RulePacks
{
    private const string Prefix = "pack:";
    private const string Extension = ".yaml";

    /// <summary>Their names.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. typeof(RulePacks).Assembly.GetManifestResourceNames()
        .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal) && !name.EndsWith(RuleTestFile.Suffix, StringComparison.Ordinal))
        .Select(name => name[Prefix.Length..^Extension.Length])
        .Order(StringComparer.Ordinal)];

    /// <summary>The rules of a pack, as text.</summary>
    public static string Rules(string name) => Read(Prefix + name + Extension);

    /// <summary>The tests of a pack, as text.</summary>
    public static string Tests(string name) => Read(Prefix + name + RuleTestFile.Suffix);

    /// <summary>What a pack watches and needs: the comment its file begins with.</summary>
    public static string About(string name) => string.Join(' ', Rules(name).Split('\n')
        .TakeWhile(line => line.StartsWith('#')).Select(line => line[1..].Trim()));

    /// <summary>Copies a pack with its tests into a folder.</summary>
    /// <returns>The files written.</returns>
    /// <exception cref="SettingsException">There is no such pack, or a file is there already.</exception>
    public static IReadOnlyList<string> CopyTo(string name, string folder)
    {
        if (!Names.Contains(name))
        {
            throw new SettingsException($"there is no pack '{name}'; there are {string.Join(", ", Names)}");
        }

        string[] files = [name + Extension, name + RuleTestFile.Suffix];
        string[] paths = [.. files.Select(file => Path.Combine(folder, file))];
        if (Array.Find(paths, File.Exists) is { } taken)
        {
            throw new SettingsException($"{taken} is there already; it was left as it is");
        }

        Directory.CreateDirectory(folder);
        for (int file = 0; file < files.Length; file++)
        {
            File.WriteAllText(paths[file], Read(Prefix + files[file]));
        }

        return paths;
    }

    private static string Read(string resource)
    {
        Assembly program = typeof(RulePacks).Assembly;
        using var reader = new StreamReader(program.GetManifestResourceStream(resource)!);
        return reader.ReadToEnd();
    }
}
