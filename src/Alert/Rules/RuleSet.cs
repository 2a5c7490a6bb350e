using Bongsu.Alert.Backtest;
using Bongsu.Alert.Channels;
using Bongsu.Alert.Judges;
using Bongsu.Core.Calendars;
using Bongsu.Query;
using Bongsu.Query.Kql;
using Bongsu.Stream.Plans;

namespace Bongsu.Alert.Rules;

/// <summary>All rules and channels of a folder, checked together. Immutable.</summary>
public sealed class RuleSet
{
    private RuleSet(
        IReadOnlyList<Rule> rules,
        IReadOnlyList<Channel> channels,
        IReadOnlyList<CalendarDefinition> calendars,
        IReadOnlyList<AnnotatedSpan> spans,
        IReadOnlyList<RuleError> errors)
    {
        Rules = rules;
        Channels = channels;
        Calendars = calendars;
        Spans = spans;
        Errors = [.. errors.Where(error => !error.IsWarning)];
        Warnings = [.. errors.Where(error => error.IsWarning)];
    }

    /// <summary>No rules.</summary>
    public static RuleSet Empty { get; } = new([], [], [], [], []);

    /// <summary>The rules, by name. Not to be run while there are <see cref="Errors"/>.</summary>
    public IReadOnlyList<Rule> Rules { get; }

    /// <summary>The channels, by name.</summary>
    public IReadOnlyList<Channel> Channels { get; }

    /// <summary>The calendars of the folder.</summary>
    public IReadOnlyList<CalendarDefinition> Calendars { get; }

    /// <summary>Annotated spans of the folder.</summary>
    public IReadOnlyList<AnnotatedSpan> Spans { get; }

    /// <summary>All that is wrong, by file and line; empty where the set can run.</summary>
    public IReadOnlyList<RuleError> Errors { get; }

    /// <summary>What names something that is not there and does no harm, by file and line: the set runs without
    /// it.</summary>
    public IReadOnlyList<RuleError> Warnings { get; }

    /// <summary>
    /// Reads a folder (with its subfolders) of <c>*.yaml</c> and <c>*.yml</c> files, or one rule file with the
    /// <c>channels.yaml</c>, <c>calendars.yaml</c> and <c>spans.yaml</c> beside it.
    /// </summary>
    /// <param name="path">Folder or file.</param>
    /// <param name="catalog">Tables that queries are checked against. What is unknown there is no error: it may come
    /// with its first row.</param>
    /// <param name="nowTicks">Wall clock, for the compiler.</param>
    /// <param name="environment">Value of an environment variable, or null; by default the process's.</param>
    /// <param name="draft">A file of the folder as it might be: read instead of what is there; null = none.</param>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static RuleSet Load(
        string path,
        IQueryCatalog catalog,
        long nowTicks,
        Func<string, string?>? environment = null,
        (string File, string Text)? draft = null)
    {
        environment ??= Environment.GetEnvironmentVariable;
        var errors = new List<RuleError>();
        var rules = new List<Rule>();
        var channels = new List<Channel>();
        var calendars = new List<CalendarDefinition>();
        string? spanText = null;
        bool isFile = File.Exists(path);
        string folder = isFile ? Path.GetDirectoryName(Path.GetFullPath(path))! : path;
        IEnumerable<string> names = (isFile ? WithCompanions(path, folder) : FilesOf(path))
            .Select(file => Path.GetRelativePath(folder, file).Replace('\\', '/'));
        foreach (string name in draft is { } added ? names.Append(added.File).Distinct() : names)
        {
            string text = name == draft?.File ? draft.Value.Text : File.ReadAllText(Path.Combine(folder, name));
            if (name == ChannelFile.FileName)
            {
                channels.AddRange(ChannelFile.Read(name, text, environment, errors));
            }
            else if (name == CalendarFile.FileName)
            {
                calendars.AddRange(CalendarFile.Read(name, text, errors));
            }
            else if (name == AnnotatedSpanFile.FileName)
            {
                spanText = text;
            }
            else if (name.EndsWith(RuleTestFile.Suffix, StringComparison.Ordinal))
            {
                RuleTestFile.Read(name, text, errors);
            }
            else
            {
                rules.AddRange(RuleFile.Read(name, text, errors));
            }
        }

        if (errors.TrueForAll(error => error.File != ChannelFile.FileName))
        {
            CheckChannels(rules, channels, errors);
        }

        IReadOnlyList<string>? known = isFile ? null : [.. rules.Select(rule => rule.Name)];
        List<AnnotatedSpan> spans = spanText is null ? [] : AnnotatedSpanFile.Read(AnnotatedSpanFile.FileName, spanText, known, errors);
        return Check(rules, channels, (calendars, spans), errors, catalog, nowTicks);
    }

    /// <summary>Reads one rule file that lies elsewhere, to try it; channels are not looked at.</summary>
    /// <param name="file">Its name, for errors.</param>
    /// <param name="text">Its content.</param>
    /// <param name="catalog">Tables that queries are checked against.</param>
    /// <param name="nowTicks">Wall clock, for the compiler.</param>
    /// <param name="beside">The set whose calendars its rules may name, and whose annotated spans they heed.</param>
    public static RuleSet Parse(string file, string text, IQueryCatalog catalog, long nowTicks, RuleSet beside)
    {
        var errors = new List<RuleError>();
        return Check(RuleFile.Read(file, text, errors), [], (beside.Calendars, beside.Spans), errors, catalog, nowTicks);
    }

    /// <summary>The same, where the queries of some rules may fail: such a rule runs and says that it fails.</summary>
    internal RuleSet Letting(Func<Rule, bool> mayFail)
    {
        HashSet<string> names = [.. Rules.Where(mayFail).Select(rule => rule.Name)];
        IEnumerable<RuleError> errors = Errors.Select(error =>
            error.RuleThatFails is { } name && names.Contains(name) ? error with { IsWarning = true } : error);
        return new RuleSet(Rules, Channels, Calendars, Spans, [.. errors, .. Warnings]);
    }

    /// <summary>What can run of a set with errors: rules of files without any.</summary>
    internal RuleSet WithoutFaultyFiles()
    {
        HashSet<string> faulty = [.. Errors.Select(error => error.File)];
        return new RuleSet([.. Rules.Where(rule => !faulty.Contains(rule.File))], Channels, Calendars, Spans, Warnings);
    }

    private static RuleSet Check(
        List<Rule> rules,
        List<Channel> channels,
        (IReadOnlyList<CalendarDefinition> Calendars, IReadOnlyList<AnnotatedSpan> Spans) days,
        List<RuleError> errors,
        IQueryCatalog catalog,
        long nowTicks)
    {
        rules = [.. rules.Select(rule => WithSpans(WithCalendar(rule, days.Calendars, errors), days.Spans))];
        CheckNames(rules, errors);
        foreach (Rule rule in rules)
        {
            CheckQuery(rule, catalog, nowTicks, errors);
        }

        return new RuleSet(
            [.. rules.OrderBy(rule => rule.Name, StringComparer.Ordinal)],
            [.. channels.OrderBy(channel => channel.Name, StringComparer.Ordinal)],
            days.Calendars,
            days.Spans,
            [.. errors.OrderBy(error => error.File, StringComparer.Ordinal).ThenBy(error => error.Line)]);
    }

    /// <summary>The files that <see cref="Load"/> reads in a folder, ordered; none where it is not there.</summary>
    internal static IEnumerable<string> FilesOf(string folder) =>
        Directory.Exists(folder)
            ? Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
                .Where(file => Path.GetExtension(file) is ".yaml" or ".yml" && !Path.GetFileName(file).StartsWith('.') &&
                    !file.EndsWith(RuleTestFile.Suffix, StringComparison.Ordinal))
                .Order(StringComparer.Ordinal)
            : [];

    private static IEnumerable<string> WithCompanions(string file, string folder)
    {
        yield return file;
        foreach (string name in (string[])[ChannelFile.FileName, CalendarFile.FileName, AnnotatedSpanFile.FileName])
        {
            string companion = Path.Combine(folder, name);
            if (File.Exists(companion) && Path.GetFullPath(file) != Path.GetFullPath(companion))
            {
                yield return companion;
            }
        }
    }

    private static Rule WithCalendar(Rule rule, IReadOnlyList<CalendarDefinition> calendars, List<RuleError> errors)
    {
        if (rule.Judge is not BandSpec band)
        {
            return rule;
        }

        string[] names = [CalendarFile.Korea, .. calendars.Select(calendar => calendar.Name)];
        errors.AddRange(band.CalendarNames.Except(names).Select(name => new RuleError(
            rule.File,
            rule.QueryPlace.Line,
            1,
            $"rule '{rule.Name}' names the calendar '{name}', which is not in {CalendarFile.FileName}; it runs without",
            NearestName.Find(name, names))
        { IsWarning = true }));
        return rule with { Judge = band with { Calendars = [.. calendars.Where(calendar => band.CalendarNames.Contains(calendar.Name))] } };
    }

    // Without what says nothing of its bands, so that another text need not be learnt.
    private static Rule WithSpans(Rule rule, IReadOnlyList<AnnotatedSpan> spans)
    {
        AnnotatedSpan[] own = [.. spans.Where(span => span.IsFor(rule.Name)).Select(span => span with { Rules = [], Text = "" })];
        return rule.Judge is BandSpec band ? rule with { Judge = band with { Spans = [.. own] } } : rule;
    }

    private static void CheckNames(List<Rule> rules, List<RuleError> errors)
    {
        foreach (IGrouping<string, Rule> same in rules.GroupBy(rule => rule.Name).Where(group => group.Count() > 1))
        {
            Rule first = same.First();
            errors.AddRange(same.Skip(1).Select(rule => new RuleError(
                rule.File, rule.QueryPlace.Line, 1, $"the rule name '{rule.Name}' is taken already, in {first.File}")));
        }
    }

    private static void CheckChannels(List<Rule> rules, List<Channel> channels, List<RuleError> errors)
    {
        string[] known = [.. channels.Select(channel => channel.Name)];
        foreach (Rule rule in rules)
        {
            foreach (string channel in rule.Channels.Where(channel => !known.Contains(channel)))
            {
                errors.Add(new RuleError(
                    rule.File,
                    rule.QueryPlace.Line,
                    1,
                    $"rule '{rule.Name}' names the channel '{channel}', which is not in {ChannelFile.FileName}",
                    NearestName.Find(channel, known)));
            }
        }
    }

    private static void CheckQuery(Rule rule, IQueryCatalog catalog, long nowTicks, List<RuleError> errors)
    {
        try
        {
            var options = new CompileOptions { NowTicks = nowTicks, KeepsTimestamp = rule.SessionGap is not null };
            BoundQuery query = KqlCompiler.Compile(rule.StreamQuery, catalog, options);
            StreamPlan plan = rule.Events is null ? StreamPlan.Create(query) : StreamPlan.CreateForEvents(query, rule.Events);
            if (rule.SessionGap is not null)
            {
                plan.RequireSessions();
            }
        }
        catch (QueryException exception) when (!StreamPlan.MayComeTrue(exception))
        {
            (int line, int column) = rule.Composed.Find(exception.Span);
            errors.Add(new RuleError(rule.File, line, column, exception.Message, exception.Suggestion) { RuleThatFails = rule.Name });
        }
        catch (QueryException)
        {
            // The table or a column is not there yet: the rule waits for it.
        }
    }
}
