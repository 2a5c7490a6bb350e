using System.Globalization;
using System.Text.RegularExpressions;
using Bongsu.Alert.Rules;
using Bongsu.Query.Kql;

namespace Bongsu.Alert.Import.ElastAlert;

/// <summary>Turns rules of ElastAlert 2 into rule files of ours, and names every key that could not be kept.</summary>
/// <remarks>Meanings: ElastAlert 2 documentation, "Rule Types and Configuration Options" (ruletypes.rst).</remarks>
public static partial class ElastAlertImport
{
    private const int MaxNameLength = 90; // of 100, so that there is room for a number

    /// <summary>Converts one file. Never throws for what is in it.</summary>
    /// <param name="source">Its name: shown, and the rule's name where it has none.</param>
    /// <param name="text">Its content.</param>
    /// <param name="names">How things are called here.</param>
    /// <param name="takenNames">Names of rules already made; the new one is added.</param>
    public static ImportedRule Convert(string source, string text, ImportNames names, ISet<string> takenNames)
    {
        var notes = new List<ImportNote>();
        try
        {
            ElastAlertFile file = ElastAlertFile.Read(text, names.ReadFile);
            var conversion = new RuleConversion(file, names, notes);
            string name = NameOf(file, source, takenNames, notes);
            var further = new HashSet<string>(takenNames, StringComparer.Ordinal) { name };
            string body = conversion.Body(name, wanted => Free(wanted, further));
            conversion.NameUnused();
            if (Check(source, body) is { } error)
            {
                return new ImportedRule(source, name, null, notes, $"what was made of it is not a rule: {error}");
            }

            takenNames.UnionWith(further);
            return new ImportedRule(source, name, Write(source, conversion, body, notes), notes, null);
        }
        catch (ImportException exception)
        {
            return new ImportedRule(source, null, null, notes, exception.Message);
        }
    }

    private static string Write(string source, RuleConversion conversion, string body, List<ImportNote> notes)
    {
        var file = new RuleText();
        file.Comment($"From {source.ReplaceLineEndings(" ")} (ElastAlert 2, type {conversion.Type}).");
        if (notes.Count > 0)
        {
            file.Comment("Not kept, or not as it was:");
            foreach (ImportNote note in notes)
            {
                file.Comment("  " + note.ToString().ReplaceLineEndings(" "));
            }
        }

        if (!conversion.IsEnabled)
        {
            file.Comment("The rule was switched off (is_enabled: false). Take the signs off to run it:").Comment("").Comment(body.TrimEnd('\n'));
            return file.ToString();
        }

        return file + "\n" + body;
    }

    private static string? Check(string source, string body) =>
        RuleSet.Parse(source, body, EmptyCatalog.Instance, 0, RuleSet.Empty).Errors is [var error, ..] ? error.Message : null;

    private static string NameOf(ElastAlertFile file, string source, ISet<string> taken, List<ImportNote> notes)
    {
        string given = file.Text("name") ?? Path.GetFileNameWithoutExtension(source);
        string name = Blanks().Replace(NotInNames().Replace(given, " "), " ").TrimStart(' ', '-', '_', '.').TrimEnd();
        name = name.Length == 0 ? "rule" : name[..Math.Min(name.Length, MaxNameLength)].TrimEnd();
        if (name != given)
        {
            notes.Add(new ImportNote("name", $"is '{name}': names are 1 to 100 letters, digits, '-', '_', '.' and spaces", file.LineOf("name")));
        }

        string free = Free(name, new HashSet<string>(taken, StringComparer.Ordinal));
        if (free != name)
        {
            notes.Add(new ImportNote("name", $"is '{free}', since another rule has its name", file.LineOf("name")));
        }

        return free;
    }

    // A name that is not taken; from now on it is.
    private static string Free(string wanted, HashSet<string> taken)
    {
        string name = wanted[..Math.Min(wanted.Length, MaxNameLength)].TrimEnd();
        string free = name;
        for (int number = 2; !taken.Add(free); number++)
        {
            free = string.Create(CultureInfo.InvariantCulture, $"{name} {number}");
        }

        return free;
    }

    [GeneratedRegex(@"[^\p{L}\p{N} ._-]")]
    private static partial Regex NotInNames();

    [GeneratedRegex(" {2,}")]
    private static partial Regex Blanks();
}
