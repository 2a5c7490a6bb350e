using System.CommandLine;
using System.Text;
using System.Text.Unicode;
using Bongsu.Alert.Import.ElastAlert;
using Bongsu.Ingest.Fields;
using Bongsu.Ingest.Protocols.ElasticsearchBulk;

namespace Bongsu.Server.Cli;

/// <summary><c>bongsu rules import elastalert</c>.</summary>
internal static class RulesImportCommand
{
    private const long MaxFileBytes = 10 << 20;

    private static readonly string[] s_otherFiles = ["channels", "calendars", "spans"];

    private static readonly Argument<string[]> s_files = new("file")
    {
        Description = "ElastAlert 2 rule files, or folders of them",
        Arity = ArgumentArity.OneOrMore,
    };

    private static readonly Option<string?> s_out = new("--out")
    {
        Description = "Folder to write the rules to, a file each; without it they are printed",
    };

    /// <summary>Builds the verb.</summary>
    public static Command Build() => new("import", "Turn rules of other programs into rules of Bongsu") { BuildElastAlert() };

    private static Command BuildElastAlert()
    {
        var command = new Command(
            "elastalert",
            """
            Turn ElastAlert 2 rule files into rules, and name every key that could not be kept.

            Example: bongsu rules import elastalert old/*.yaml --out rules
            """)
        {
            s_files, s_out,
        };
        command.SetAction(parsed => Import(parsed.GetValue(s_files)!, parsed.GetValue(s_out)));
        return command;
    }

    private static int Import(string[] paths, string? folder)
    {
        foreach (string path in paths.Where(path => !Path.Exists(path)))
        {
            Console.Error.WriteLine($"bongsu: {path}: no such file or folder");
            return ExitCodes.Usage;
        }

        if (folder is not null)
        {
            Directory.CreateDirectory(folder);
        }

        var ruleNames = new HashSet<string>(StringComparer.Ordinal);
        var fileNames = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        int made = 0;
        int failed = 0;
        foreach (string path in paths.SelectMany(FilesOf))
        {
            if (Read(path, Console.Error.WriteLine) is not { } text)
            {
                failed++;
                continue;
            }

            ImportedRule rule = ElastAlertImport.Convert(Path.GetFileName(path), text, NamesFor(path), ruleNames);
            foreach (ImportNote note in rule.Notes)
            {
                Console.Error.WriteLine($"{path}: {note}");
            }

            if (rule.Text is null)
            {
                Console.Error.WriteLine($"{path}: not imported: {rule.Error}");
                failed++;
                continue;
            }

            Write(rule, folder, fileNames, isFirst: made == 0);
            made++;
        }

        Console.Error.WriteLine($"{made} files imported, {failed} not");
        return failed == 0 ? ExitCodes.Success : ExitCodes.Failure;
    }

    private static void Write(ImportedRule rule, string? folder, HashSet<string> fileNames, bool isFirst)
    {
        if (folder is null)
        {
            Console.Out.Write((isFirst ? "" : "---\n") + rule.Text);
            return;
        }

        string stem = Path.GetFileNameWithoutExtension(rule.Source);
        if (stem.EndsWith(".test", StringComparison.Ordinal) || s_otherFiles.Contains(stem))
        {
            stem += "-rule"; // the name means something else in a folder of rules
        }

        string name = stem + ".yaml";
        for (int number = 2; !fileNames.Add(name); number++)
        {
            name = $"{stem}-{number}.yaml";
        }

        string file = Path.Combine(folder, name);
        File.WriteAllText(file, rule.Text);
        Console.Out.WriteLine($"{file}: {rule.Name}");
    }

    private static IEnumerable<string> FilesOf(string path) => Directory.Exists(path)
        ? Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories)
            .Where(file => Path.GetExtension(file) is ".yaml" or ".yml")
            .Order(StringComparer.Ordinal)
        : [path];

    // Old files are not always UTF-8; in Latin-1 every byte is a character.
    private static string? Read(string path, Action<string> note)
    {
        if (!File.Exists(path))
        {
            return null;
        }

        try
        {
            if (new FileInfo(path).Length > MaxFileBytes)
            {
                note($"{path}: not read: larger than {MaxFileBytes >> 20} MB");
                return null;
            }

            byte[] bytes = File.ReadAllBytes(path);
            bool hasMark = bytes is [0xff, 0xfe, ..] or [0xfe, 0xff, ..];
            if (hasMark || Utf8.IsValid(bytes))
            {
                return File.ReadAllText(path);
            }

            note($"{path}: not UTF-8, read as Latin-1");
            return Encoding.Latin1.GetString(bytes);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            note($"{path}: not read: {exception.Message}");
            return null;
        }
    }

    // What senders call a thing and what it is called here: as the rows themselves come in.
    private static ImportNames NamesFor(string path)
    {
        string folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        return new ImportNames
        {
            ColumnOf = field => FieldConvention.Resolve(field, out _) is var known and not CanonicalField.None
                ? FieldConvention.ColumnName(known)
                : field,
            LevelOf = LevelOf,
            TableOf = IndexNames.ToTable,
            ReadFile = name => Read(Path.Combine(folder, name), Console.Error.WriteLine),
        };
    }

    private static string LevelOf(string text)
    {
        Span<byte> room = stackalloc byte[64];
        LogLevels.Normalise(Encoding.UTF8.GetBytes(text), room, out ReadOnlySpan<byte> level);
        return level.IsEmpty ? text : Encoding.UTF8.GetString(level);
    }
}
