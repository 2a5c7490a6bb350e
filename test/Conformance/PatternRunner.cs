using System.Globalization;
using Bongsu.Core.Patterns;
using Bongsu.Core.Templates;
using Bongsu.Core.Vectors;

namespace Bongsu.Conformance;

/// <summary>Scores patterns on raw log lines against the groups that people made of them.</summary>
internal static class PatternRunner
{
    /// <summary>Prints the grouping accuracy of each system of a loghub folder, and the mean.</summary>
    public static int Run(string folder, TextWriter output)
    {
        IReadOnlyList<LoghubSystem> systems = Directory.Exists(folder) ? LoghubSystem.ReadAll(folder) : [];
        if (systems.Count == 0)
        {
            output.WriteLine($"no folder X with X_2k.log and X_2k.log_structured.csv in {folder}");
            return 2;
        }

        double sum = 0;
        foreach (LoghubSystem system in systems)
        {
            (double accuracy, PatternMap map, int templateCount) = Score(system);
            sum += accuracy;
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{system.Name,-12} {accuracy:0.0000}  {map.Patterns.Count} patterns of {templateCount} templates, {system.Events.Distinct().Count()} events"));
        }

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{"mean",-12} {sum / systems.Count:0.0000}"));
        return 0;
    }

    /// <summary>Gives the lines of a system their patterns, with nothing known beforehand.</summary>
    public static (double Accuracy, PatternMap Map, int TemplateCount) Score(LoghubSystem system)
    {
        TemplateText text = new TemplateMiner().Split(StringVector.Of(system.Lines));
        Template[] templates = [.. Enumerable.Range(0, text.TemplateCount).Select(text.TemplateAt)];
        PatternMap map = PatternMap.Of(
            templates,
            [.. Enumerable.Range(0, text.TemplateCount).Select(template => (long)text.RowsOf(template).Length)]);
        int[] codes = new int[text.Length];
        for (int row = 0; row < codes.Length; row++)
        {
            codes[row] = map.Codes[text.Codes[row]];
        }

        return (system.GroupingAccuracy(codes), map, templates.Length);
    }
}
