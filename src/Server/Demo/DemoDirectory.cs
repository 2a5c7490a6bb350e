using System.Reflection;
using Bongsu.Server.Configuration;

namespace Bongsu.Server.Demo;

/// <summary>The demo's folder: emptied at every start, and never one that is not the demo's.</summary>
internal static class DemoDirectory
{
    private const string Mark = ".bongsu-demo";

    /// <summary>Empties a folder that an earlier demo left, or takes a new one.</summary>
    /// <exception cref="SettingsException">The folder holds something else.</exception>
    public static void Reset(string path)
    {
        if (Directory.Exists(path) && Directory.EnumerateFileSystemEntries(path).Any())
        {
            if (!File.Exists(Path.Combine(path, Mark)))
            {
                throw new SettingsException($"--data {path}: this folder holds something that is not the demo's; name another");
            }

            Directory.Delete(path, recursive: true);
        }

        Directory.CreateDirectory(path);
        File.WriteAllText(Path.Combine(path, Mark), "");
    }

    /// <summary>Writes the demo's rules, which are embedded in the program, and returns their folder.</summary>
    public static string WriteRules(string path)
    {
        string rules = Path.Combine(path, "rules");
        Directory.CreateDirectory(rules);
        const string Prefix = "demo-rule:";
        Assembly program = typeof(DemoDirectory).Assembly;
        foreach (string name in program.GetManifestResourceNames().Where(name => name.StartsWith(Prefix, StringComparison.Ordinal)))
        {
            using System.IO.Stream rule = program.GetManifestResourceStream(name)!;
            using FileStream file = File.Create(Path.Combine(rules, name[Prefix.Length..]));
            rule.CopyTo(file);
        }

        return rules;
    }
}
