using System.Globalization;
using Bongsu.Alert.Rules;
using YamlDotNet.RepresentationModel;

namespace Bongsu.Alert.Import.ElastAlert;

/// <summary>The conversion of one rule: what all types have.</summary>
internal sealed class RuleConversion
{
    // Which keys count as read depends on the type; these are looked at whatever it is.
    private static readonly string[] s_severityKeys = ["opsgenie_priority", "pagerduty_v2_payload_severity", "priority"];

    private static readonly TimeSpan s_defaultRealert = TimeSpan.FromMinutes(1);

    // Names of keys that fields of rows often have too: there the field is meant.
    private static readonly string[] s_fieldNames = ["type", "host", "name", "priority", "fields", "index", "level", "username", "command", "email"];

    private readonly ElastAlertFile _file;
    private readonly ImportNames _names;
    private readonly List<ImportNote> _notes;
    private readonly FieldConditions _fields;

    public RuleConversion(ElastAlertFile file, ImportNames names, List<ImportNote> notes)
    {
        _file = file;
        _names = names;
        _notes = notes;
        _fields = new FieldConditions(names);
        Type = file.RequiredText("type");
        IsEnabled = file.Flag("is_enabled", otherwise: true);
        foreach (string missing in file.MissingImports)
        {
            Note("import", $"'{missing}' could not be read; its keys are not here");
        }

        if (file.DocumentCount > 1)
        {
            Note("---", $"the file has {file.DocumentCount} documents; the first is this rule, put the others in files of their own");
        }
    }

    /// <summary>ElastAlert's type.</summary>
    public string Type { get; }

    /// <summary>False where the rule was switched off.</summary>
    public bool IsEnabled { get; }

    /// <summary>The rule's own keys.</summary>
    public ElastAlertFile File => _file;

    /// <summary>Columns of <c>query_key</c>.</summary>
    public IReadOnlyList<string> By => [.. _file.Texts("query_key").Select(ColumnOf).Distinct()];

    /// <summary>Content of a file that the rule names, or null.</summary>
    public string? ReadFile(string path) => _names.ReadFile(path);

    /// <summary>The column of a field.</summary>
    public string ColumnOf(string field) => _fields.ColumnOf(field);

    /// <summary>Says what became of a key.</summary>
    public void Note(string key, string reason) => Note(key, reason, _file.LineOf(key));

    private void Note(string key, string reason, int line)
    {
        var note = new ImportNote(key, reason, line);
        if (!_notes.Contains(note))
        {
            _notes.Add(note);
        }
    }

    /// <summary>The rule; of several indices one for each, as documents of one file.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="furtherName">Makes a free name of one that is wanted, for the further rules.</param>
    /// <exception cref="ImportException">There is none to be made.</exception>
    public string Body(string name, Func<string, string> furtherName)
    {
        IReadOnlyList<string> tables = Tables();
        string[] where = [.. Where()];
        var rules = new List<string>();
        foreach (string table in tables)
        {
            string ruleName = rules.Count == 0 ? name : furtherName($"{name} {table}");
            var text = new RuleText();
            text.Key("name", ruleName);
            TypeConversion.Write(this, text);
            text.Query("query", [KqlText.Name(table), .. where]);
            WriteLife(text);
            rules.Add(text.ToString());
            if (MissingFieldRule(furtherName, $"{ruleName} without field", table, where) is { } missing)
            {
                rules.Add(missing);
            }
        }

        return string.Join("---\n", rules);
    }

    // alert_on_missing_field: rows that lack a field of new_term are told of, too.
    private string? MissingFieldRule(Func<string, string> furtherName, string wanted, string table, string[] where)
    {
        if (Type != "new_term" || !_file.Flag("alert_on_missing_field"))
        {
            return null;
        }

        string name = furtherName(wanted);
        Note("alert_on_missing_field", $"rows without a field are told of by a rule of their own, '{name}'");
        IEnumerable<string> empty = TypeConversion.TermFields(this).SelectMany(group => group).Distinct()
            .Select(column => $"isempty(tostring(column_ifexists({KqlText.Literal(column)}, '')))");
        var text = new RuleText();
        text.Key("name", name).Key("kind", "any").Query("query", [KqlText.Name(table), .. where, "| where " + string.Join(" or ", empty)]);
        WriteLife(text);
        return text.ToString();
    }

    /// <summary>A filter as KQL.</summary>
    public string Condition(string key)
    {
        YamlNode node = _file.Find(key) ?? throw new ImportException($"'{key}' is missing");
        return new FilterDsl(_fields, (line, reason) => Note(key, reason, _file.LineOf(key) > 0 ? line : 0)).ReadAll(node).Write();
    }

    /// <summary>Names the keys nothing was made of.</summary>
    public void NameUnused()
    {
        foreach (string key in _file.Unused.ToList())
        {
            Note(key, UnkeptKeys.IsOfSomeType(key) ? $"type '{Type}' does not use it" : UnkeptKeys.ReasonOf(key));
        }
    }

    private IEnumerable<string> Where()
    {
        Condition condition = ElastAlert.Condition.And(_file.Filters.Select(filter =>
            new FilterDsl(_fields, (line, reason) => Note("filter", reason, filter.IsOwn ? line : 0)).ReadAll(filter.Node)));
        IReadOnlyList<Condition> parts = condition is AndCondition and ? and.Parts : [condition];
        return parts.Select(part => "| where " + part.Write());
    }

    private IReadOnlyList<string> Tables()
    {
        string index = string.Join(',', _file.Texts("index"));
        string[] patterns =
        [
            .. index.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Where(part => part[0] != '-'),
        ];
        string[] tables = [.. patterns.Select(pattern => IndexPattern.TableOf(pattern, _names.TableOf)).Where(name => name.Length > 0).Distinct()];
        if (tables.Length == 0)
        {
            Note("index", $"'{index}' names no table by itself; the rule reads one table, this one 'logs'");
            return ["logs"];
        }

        if (tables.Length > 1)
        {
            string all = string.Join(", ", tables);
            Note("index", $"'{index}' are tables {all}: a rule reads one, so there is a rule for each, which counts for itself");
        }
        else if (tables[0] != index)
        {
            Note("index", $"'{index}' is table '{tables[0]}': a table holds all its days, and the name has no wildcards");
        }

        return tables;
    }

    private void WriteLife(RuleText text)
    {
        TimeSpan? realert = OrNote("realert", _file.Time);
        if (realert is null)
        {
            text.Key("keep_firing_for", s_defaultRealert);
        }
        else if (realert > TimeSpan.Zero)
        {
            text.Key("keep_firing_for", realert);
            string kept = DurationText.Format(realert.Value);
            Note("realert", $"is keep_firing_for: {kept}: what comes within it belongs to the same alert, which is told once");
        }
        else
        {
            Note("realert", "each match was told; here what comes in one unbroken run of windows is one alert, told once");
        }

        if (OrNote("query_delay", _file.Time) is { } delay && delay > TimeSpan.Zero)
        {
            text.Key("lateness", delay > TimeSpan.FromDays(1) ? TimeSpan.FromDays(1) : delay);
        }

        WriteSeverity(text);
        var labels = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (string key in (ReadOnlySpan<string>)["owner", "category"])
        {
            if (OrNote(key, _file.Text) is { Length: > 0 } value)
            {
                labels.Add(key, AlertTexts.Literal(value, ColumnOf, reason => Note(key, reason)));
            }
        }

        text.Texts("labels", labels);
        text.Texts("annotations", Annotations());
        NoteAlerters();
    }

    // What the rule can do without is no reason to lose it.
    private T? OrNote<T>(string key, Func<string, T?> read)
    {
        try
        {
            return read(key);
        }
        catch (ImportException exception)
        {
            string place = $"line {_file.LineOf(key)}: ";
            Note(key, exception.Message.Replace(place, "", StringComparison.Ordinal) + "; left out");
            return default;
        }
    }

    private string TextOrLines(string key) => string.Join('\n', _file.Texts(key));

    private void WriteSeverity(RuleText text)
    {
        foreach (string key in s_severityKeys)
        {
            if (OrNote(key, _file.Text) is not { } given)
            {
                continue;
            }

            int? severity = given.ToLowerInvariant() switch
            {
                "critical" => 1,
                "error" => 2,
                "warning" => 3,
                "info" => 4,
                ['p', var digit and >= '1' and <= '5'] => digit - '0',
                var number when int.TryParse(number, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int value) =>
                    Math.Clamp(value, 1, 5),
                _ => null,
            };
            if (severity is null)
            {
                Note(key, $"'{given}' is no severity from 1 to 5");
                continue;
            }

            text.Key("severity", severity);
            Note(key, $"is severity {severity}, where 1 is the worst");
            return;
        }
    }

    private SortedDictionary<string, string> Annotations()
    {
        var annotations = new SortedDictionary<string, string>(StringComparer.Ordinal);
        string? subject = Text("alert_subject");
        string? body = Text("alert_text");
        string? about = OrNote("description", TextOrLines);
        if ((subject ?? body) is { } summary)
        {
            annotations.Add("summary", summary);
        }

        if (subject is not null && body is not null)
        {
            annotations.Add("description", body);
        }

        if (!string.IsNullOrEmpty(about))
        {
            annotations.Add(annotations.ContainsKey("description") ? "about" : "description", AlertTexts.Literal(about, ColumnOf, _ => { }));
        }

        return annotations;
    }

    private string? Text(string key)
    {
        if (OrNote(key, TextOrLines) is not { Length: > 0 } text)
        {
            return null;
        }

        IReadOnlyList<string>? arguments = _file.Has(key + "_args") ? OrNote(key + "_args", _file.Texts) : null;
        var keywords = _file.Find(key + "_kw") as YamlMappingNode;
        bool isJinja = _file.Has("alert_text_type") && OrNote("alert_text_type", _file.Text) == "alert_text_jinja";
        if (isJinja && (key == "alert_text" || arguments is null))
        {
            foreach (string unused in (ReadOnlySpan<string>)[key + "_args", key + "_kw"])
            {
                if (_file.Has(unused))
                {
                    Note(unused, "was ignored beside the template language");
                }
            }

            return OfType(AlertTexts.Literal(text, ColumnOf, reason => Note(key, reason)));
        }

        // {field: name in the text}
        Dictionary<string, string>? byName = keywords?.Children
            .Where(entry => entry is { Key: YamlScalarNode { Value: not null }, Value: YamlScalarNode { Value: not null } })
            .DistinctBy(entry => ((YamlScalarNode)entry.Value).Value)
            .ToDictionary(entry => ((YamlScalarNode)entry.Value).Value!, entry => ((YamlScalarNode)entry.Key).Value!, StringComparer.Ordinal);
        return OfType(AlertTexts.Convert(text, arguments, byName, PropertyOf, ColumnOf, reason => Note(key, reason)));
    }

    // Arguments may name what stands in the rule itself.
    private string? PropertyOf(string name) =>
        !s_fieldNames.Contains(name) && _file.Has(name) && _file.Find(name) is YamlScalarNode { Value: { } value } ? value : null;

    // What an alert calls its count of rows and its time depends on the kind; flatline's 'key' is its query_key.
    private string OfType(string text)
    {
        (string rows, string time) = Type switch
        {
            "frequency" => ("events", "last"),
            "flatline" => ("events", "window_end"),
            "change" => ("changes", "changed_at"),
            "new_term" => ("rows", "seen_at"),
            "spike" => ("value", "window_end"),
            "any" or "blacklist" or "whitelist" => ("rows", "timestamp"),
            _ => ("rows", "window_end"),
        };
        if (Type == "flatline" && By.Count > 0)
        {
            text = text.Replace("{{ key }}", string.Join(',', By.Select(column => $"{{{{ {column} }}}}")), StringComparison.Ordinal);
        }

        return text.Replace("{{ rows }}", $"{{{{ {rows} }}}}", StringComparison.Ordinal)
            .Replace("{{ timestamp }}", $"{{{{ {time} }}}}", StringComparison.Ordinal);
    }

    private void NoteAlerters()
    {
        if (_file.Find("alert") is not { } node)
        {
            return;
        }

        foreach (YamlNode item in ElastAlertFile.Items(node))
        {
            IEnumerable<YamlNode> alerters = item is YamlMappingNode map ? map.Children.Keys : [item];
            foreach (string alerter in alerters.OfType<YamlScalarNode>().Select(name => name.Value ?? ""))
            {
                Note("alert", $"{alerter}: {UnkeptKeys.HintFor(alerter)}");
            }
        }
    }
}
