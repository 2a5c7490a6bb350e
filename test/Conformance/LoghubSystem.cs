using System.Text;

namespace Bongsu.Conformance;

/// <summary>Raw lines of one system of a loghub folder, and by line the event that people gave it.</summary>
internal sealed record LoghubSystem(string Name, string[] Lines, string[] Events)
{
    /// <summary>The systems of a folder, by name; each is a folder <c>X</c> with <c>X_2k.log</c> and its
    /// <c>_structured.csv</c>.</summary>
    public static IReadOnlyList<LoghubSystem> ReadAll(string folder)
    {
        var systems = new List<LoghubSystem>();
        foreach (string path in Directory.GetDirectories(folder).Order(StringComparer.Ordinal))
        {
            string log = Directory.GetFiles(path, "*_2k.log").FirstOrDefault() ?? "";
            if (File.Exists(log + "_structured.csv"))
            {
                systems.Add(Read(Path.GetFileName(path), log));
            }
        }

        return systems;
    }

    /// <summary>Share of lines whose group, the lines of one code, is just the lines of one event.</summary>
    public double GroupingAccuracy(ReadOnlySpan<int> codes)
    {
        var groups = new Dictionary<int, List<int>>();
        for (int line = 0; line < codes.Length; line++)
        {
            if (!groups.TryGetValue(codes[line], out List<int>? group))
            {
                group = [];
                groups.Add(codes[line], group);
            }

            group.Add(line);
        }

        Dictionary<string, int> eventSizes = Events.GroupBy(name => name).ToDictionary(group => group.Key, group => group.Count());
        int right = groups.Values
            .Where(group => group.TrueForAll(line => Events[line] == Events[group[0]]) && eventSizes[Events[group[0]]] == group.Count)
            .Sum(group => group.Count);
        return (double)right / Lines.Length;
    }

    private static LoghubSystem Read(string name, string log)
    {
        List<List<string>> rows = ReadCsv(File.ReadAllText(log + "_structured.csv"));
        int column = rows[0].IndexOf("EventId");
        string[] events = [.. rows.Skip(1).Where(row => row.Count > column).Select(row => row[column])];

        // Rows of the table are lines of the log; stray carriage returns are part of a line.
        string text = File.ReadAllText(log);
        string[] lines = text.Split(text.Contains("\r\n", StringComparison.Ordinal) ? "\r\n" : "\n");
        return new LoghubSystem(name, lines[..events.Length], events);
    }

    private static List<List<string>> ReadCsv(string text)
    {
        var rows = new List<List<string>>();
        var row = new List<string>();
        var field = new StringBuilder();
        bool isQuoted = false;
        foreach (char current in text.EndsWith('\n') ? text : text + "\n")
        {
            if (current == '"')
            {
                // A doubled mark inside quotes ends and begins them again; the event's name holds none.
                isQuoted = !isQuoted;
            }
            else if (isQuoted || current is not (',' or '\n' or '\r'))
            {
                field.Append(current);
            }
            else if (current != '\r')
            {
                row.Add(field.ToString());
                field.Clear();
                if (current == '\n')
                {
                    rows.Add(row);
                    row = [];
                }
            }
        }

        return rows;
    }
}
