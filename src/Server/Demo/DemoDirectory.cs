using System.Globalization;
using Bongsu.Server.Configuration;

namespace Bongsu.Server.Demo;

/// <summary>The demo's folder: emptied at every start, and never one that is not the demo's.</summary>
internal static class DemoDirectory
{
    private const string Mark = ".bongsu-demo";
    private const string Prefix = "demo-rule:";
    private const string LearningRule = Prefix + "traffic.yaml";

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
        foreach (string name in typeof(DemoDirectory).Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal) && name != LearningRule))
        {
            WriteRule(rules, name);
        }

        return rules;
    }

    /// <summary>Writes the rule that learns, once there is a history to learn from, and the span it is not to learn
    /// from.</summary>
    public static void WriteLearningRule(string rules, long historyEndTicks)
    {
        (long from, long to) = Gateway.LoadTest(historyEndTicks);
        WriteRule(rules, LearningRule);
        File.WriteAllText(Path.Combine(rules, "spans.yaml"), $$"""
            spans:
              - from: {{Time(from)}}
                to: {{Time(to)}}
                rule: traffic
                key: { service: payments }
                text: load test of the new payment service
            """);
    }

    private static string Time(long ticks) => new DateTime(ticks, DateTimeKind.Utc).ToString("yyyy-MM-dd'T'HH:mm'Z'", CultureInfo.InvariantCulture);

    private static void WriteRule(string rules, string name)
    {
        using System.IO.Stream rule = typeof(DemoDirectory).Assembly.GetManifestResourceStream(name)!;
        using FileStream file = File.Create(Path.Combine(rules, name[Prefix.Length..]));
        rule.CopyTo(file);
    }
}
