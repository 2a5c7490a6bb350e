using System.Globalization;
using Bongsu.Alert.Rules;

namespace Bongsu.Alert.Import.ElastAlert;

/// <summary>ElastAlert's rule types to kinds of ours.</summary>
internal static class TypeConversion
{
    // Defaults of ElastAlert's example configuration, for what rules leave to it.
    private static readonly TimeSpan s_defaultBuffer = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan s_defaultRun = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan s_longest = TimeSpan.FromDays(31);
    private static readonly TimeSpan s_longestStep = TimeSpan.FromDays(1);

    private static readonly Dictionary<string, Action<RuleConversion, RuleText>> s_types = new(StringComparer.Ordinal)
    {
        ["any"] = (rule, text) => text.Key("by", rule.By),
        ["blacklist"] = (rule, text) => List(rule, text, "blacklist"),
        ["whitelist"] = Whitelist,
        ["change"] = Change,
        ["frequency"] = Frequency,
        ["spike"] = Spike,
        ["flatline"] = Flatline,
        ["new_term"] = NewTerm,
        ["cardinality"] = Cardinality,
        ["metric_aggregation"] = Metric,
        ["spike_aggregation"] = SpikeAggregation,
        ["percentage_match"] = Percentage,
    };

    /// <summary>Writes the kind and its keys.</summary>
    /// <exception cref="ImportException">The type is not known, or lacks something.</exception>
    public static void Write(RuleConversion rule, RuleText text)
    {
        if (!s_types.TryGetValue(rule.Type, out Action<RuleConversion, RuleText>? write))
        {
            string near = NearestName.Find(rule.Type, s_types.Keys) is { } name ? $"; did you mean '{name}'?" : "";
            throw new ImportException(rule.Type.Contains('.', StringComparison.Ordinal)
                ? $"type '{rule.Type}' is a class of your own; write what it does as KQL in a rule of kind 'query'"
                : $"type '{rule.Type}' is not known, expected one of {string.Join(", ", s_types.Keys)}{near}");
        }

        if (rule.Type != "spike" || !rule.File.Has("field_value"))
        {
            text.Key("kind", rule.Type);
        }

        write(rule, text);
    }

    private static void List(RuleConversion rule, RuleText text, string key)
    {
        IReadOnlyList<string> fields = rule.File.Texts("compare_key");
        if (fields.Count == 0)
        {
            throw new ImportException("'compare_key' is missing");
        }

        if (fields.Count > 1)
        {
            rule.Note("compare_key", $"names several fields; only '{fields[0]}' is compared");
        }

        var values = new List<string>();
        foreach (string value in rule.File.Texts(key))
        {
            if (!value.StartsWith("!file", StringComparison.Ordinal))
            {
                values.Add(value);
                continue;
            }

            string path = value["!file".Length..].Trim();
            if (rule.ReadFile(path) is { } content)
            {
                values.AddRange(content.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0));
                rule.Note(key, $"the values of {path} are written out as they are now; changes of that file are not seen");
            }
            else
            {
                rule.Note(key, $"{path} could not be read; its values are not here");
            }
        }

        text.Key("field", rule.ColumnOf(fields[0]));
        text.Key("values", values.Count > 0 ? values : throw new ImportException($"'{key}' has no values"));
        text.Key("by", rule.By);
    }

    private static void Whitelist(RuleConversion rule, RuleText text)
    {
        List(rule, text, "whitelist");
        text.Key("ignore_null", rule.File.Flag("ignore_null"));
    }

    private static void Change(RuleConversion rule, RuleText text)
    {
        IReadOnlyList<string> fields = rule.File.Texts("compare_key");
        text.Key("fields", fields.Count > 0 ? [.. fields.Select(rule.ColumnOf)] : throw new ImportException("'compare_key' is missing"));
        text.Key("by", rule.By);
        text.Key("within", rule.File.Time("timeframe"));
        text.Key("ignore_null", rule.File.Flag("ignore_null"));
    }

    private static void Frequency(RuleConversion rule, RuleText text)
    {
        text.Key("count", Whole(rule, "num_events", rule.File.RequiredNumber("num_events")));
        text.Key("within", rule.File.RequiredTime("timeframe"));
        text.Key("by", rule.By);
    }

    private static void Flatline(RuleConversion rule, RuleText text)
    {
        text.Key("below", Whole(rule, "threshold", rule.File.RequiredNumber("threshold")));
        text.Key("within", rule.File.RequiredTime("timeframe"));
        text.Key("by", rule.By);
        text.Key("forget_keys", rule.File.Flag("forget_keys"));
    }

    private static void NewTerm(RuleConversion rule, RuleText text)
    {
        IReadOnlyList<IReadOnlyList<string>> columns = TermFields(rule);
        if (rule.File.Has("fields") && rule.File.Texts("query_key").Count > 0)
        {
            rule.Note("query_key", "terms are new for the rule as a whole, as they were; each new term is an alert of its own");
        }

        text.Key("fields", columns);
        text.Key("look_back", rule.File.Time("terms_window_size"));
    }

    /// <summary>Columns that new terms are looked for in; those in one list are one term together.</summary>
    /// <exception cref="ImportException">There are none.</exception>
    public static IReadOnlyList<IReadOnlyList<string>> TermFields(RuleConversion rule)
    {
        IReadOnlyList<IReadOnlyList<string>> groups = rule.File.Groups(rule.File.Has("fields") ? "fields" : "query_key");
        return groups.Count > 0
            ? [.. groups.Select(group => (IReadOnlyList<string>)[.. group.Select(rule.ColumnOf)])]
            : throw new ImportException("'fields' is missing");
    }

    private static void Cardinality(RuleConversion rule, RuleText text)
    {
        text.Key("field", rule.ColumnOf(rule.File.RequiredText("cardinality_field")));
        Bounds(rule, text, "min_cardinality", "max_cardinality");
        text.Key("within", Window(rule, "timeframe", rule.File.RequiredTime("timeframe")));
        text.Key("by", rule.By);
    }

    private static void Metric(RuleConversion rule, RuleText text)
    {
        text.Key("metric", MetricOf(rule));
        Bounds(rule, text, "min_threshold", "max_threshold");
        MinRows(rule, text, "min_doc_count");
        Calculation(rule, text);
    }

    private static void Percentage(RuleConversion rule, RuleText text)
    {
        text.Key("match", rule.Condition("match_bucket_filter"));
        Bounds(rule, text, "min_percentage", "max_percentage");
        MinRows(rule, text, "min_denominator");
        Calculation(rule, text);
    }

    private static void Spike(RuleConversion rule, RuleText text)
    {
        if (rule.File.Text("field_value") is { } field)
        {
            text.Key("kind", "spike_aggregation").Key("metric", $"avg({KqlText.Name(rule.ColumnOf(field))})");
            rule.Note("field_value", "the mean of the field is compared: kind spike_aggregation");
            foreach (string key in (ReadOnlySpan<string>)["threshold_cur", "threshold_ref"])
            {
                if (rule.File.Number(key) is not null)
                {
                    rule.Note(key, "was ignored beside 'field_value'");
                }
            }

            SpikeKeys(rule, text, "timeframe", rule.File.RequiredTime("timeframe"), hasThresholds: false);
            return;
        }

        SpikeKeys(rule, text, "timeframe", rule.File.RequiredTime("timeframe"), hasThresholds: true);
    }

    private static void SpikeAggregation(RuleConversion rule, RuleText text)
    {
        text.Key("metric", MetricOf(rule));
        MinRows(rule, text, "min_doc_count");
        string key = rule.File.Has("timeframe") ? "timeframe" : "buffer_time";
        if (key == "timeframe" && rule.File.Time("buffer_time") is { } buffer && buffer != rule.File.Time("timeframe"))
        {
            rule.Note("buffer_time", "the windows that are compared are 'timeframe' long; the metric is computed over each as a whole");
        }

        SpikeKeys(rule, text, key, rule.File.RequiredTime(key), hasThresholds: true);
    }

    private static void SpikeKeys(RuleConversion rule, RuleText text, string windowKey, TimeSpan window, bool hasThresholds)
    {
        double height = rule.File.RequiredNumber("spike_height");
        if (height <= 1)
        {
            rule.Note("spike_height", $"is {height.ToString(CultureInfo.InvariantCulture)}; it must be more than 1 here");
            height = 1.000001;
        }

        text.Key("height", height);
        string direction = rule.File.RequiredText("spike_type");
        text.Key("direction", direction is "up" or "down" or "both"
            ? direction
            : throw new ImportException($"'spike_type' is '{direction}', expected up, down or both"));
        text.Key("within", Window(rule, windowKey, window));
        if (hasThresholds)
        {
            text.Key("min_current", rule.File.Number("threshold_cur"));
            text.Key("min_before", rule.File.Number("threshold_ref"));
        }

        if (rule.File.Flag("alert_on_new_data"))
        {
            text.Key("new_keys", true);
        }

        text.Key("by", rule.By);
    }

    private static void Bounds(RuleConversion rule, RuleText text, string minKey, string maxKey)
    {
        double? min = rule.File.Number(minKey);
        double? max = rule.File.Number(maxKey);
        if (min is null && max is null)
        {
            throw new ImportException($"'{minKey}' or '{maxKey}' is missing");
        }

        if (min > max)
        {
            throw new ImportException($"'{minKey}' is more than '{maxKey}': the rule would always fire");
        }

        text.Key("min", min).Key("max", max);
    }

    private static void MinRows(RuleConversion rule, RuleText text, string key)
    {
        if (rule.File.Number(key) is >= 1 and var least)
        {
            text.Key("min_rows", Math.Ceiling(least));
        }
    }

    // The window of a calculation: buffer_time, cut into bucket_interval; or run_every. Calculations do not overlap
    // unless they are told to.
    private static void Calculation(RuleConversion rule, RuleText text)
    {
        TimeSpan run = rule.File.Time("run_every") ?? s_defaultRun;
        TimeSpan window;
        if (rule.File.Time("bucket_interval") is { } bucket && bucket > TimeSpan.Zero)
        {
            window = Window(rule, "bucket_interval", bucket);
            if (rule.File.Time("buffer_time") is not null)
            {
                rule.Note("buffer_time", "each of its segments is a window of its own: within and every are bucket_interval");
            }

            if (rule.File.Flag("use_run_every_query_size"))
            {
                rule.Note("use_run_every_query_size", "its segments are windows of their own: within and every are bucket_interval");
            }

            text.Key("within", window).Key("every", Step(window));
        }
        else if (rule.File.Flag("use_run_every_query_size"))
        {
            rule.Note("use_run_every_query_size", $"the window is {DurationText.Format(run)}, as 'run_every' is set or by default");
            window = Window(rule, "run_every", run);
            text.Key("within", window).Key("every", Step(window));
        }
        else
        {
            TimeSpan? buffer = rule.File.Time("buffer_time");
            if (buffer is null)
            {
                string taken = DurationText.Format(s_defaultBuffer);
                rule.Note("buffer_time", $"is not in the rule; the window is {taken}: set 'within' if your config.yaml says otherwise");
            }

            window = Window(rule, "buffer_time", buffer ?? s_defaultBuffer);
            text.Key("within", window);
            if (!rule.File.Flag("allow_buffer_time_overlap"))
            {
                text.Key("every", Step(window));
            }
        }

        text.Key("by", rule.By);
    }

    private static TimeSpan Step(TimeSpan window) => window < s_longestStep ? window : s_longestStep;

    private static TimeSpan Window(RuleConversion rule, string key, TimeSpan window)
    {
        TimeSpan least = TimeSpan.FromSeconds(1);
        TimeSpan taken = window > s_longest ? s_longest : window < least ? least : TimeSpan.FromSeconds(Math.Round(window.TotalSeconds));
        if (taken != window)
        {
            rule.Note(key, $"is {DurationText.Format(taken)}: windows are 1s to 31d long, in whole seconds");
        }

        return taken;
    }

    private static double Whole(RuleConversion rule, string key, double number)
    {
        double whole = Math.Clamp(Math.Ceiling(number), 1, int.MaxValue);
        if (whole != number)
        {
            rule.Note(key, $"is {whole.ToString(CultureInfo.InvariantCulture)}: a whole number of at least 1");
        }

        return whole;
    }

    private static string MetricOf(RuleConversion rule)
    {
        if (rule.File.Has("metric_agg_script"))
        {
            rule.Note("metric_agg_script", UnkeptKeys.ReasonOf("metric_agg_script"));
            rule.File.Find("metric_agg_script");
        }

        string column = KqlText.Name(rule.ColumnOf(rule.File.RequiredText("metric_agg_key")));
        string type = rule.File.RequiredText("metric_agg_type");
        return type switch
        {
            "min" or "max" or "avg" or "sum" => $"{type}({column})",
            "cardinality" => $"count_distinctif({column}, isnotempty(tostring({column})))",
            "value_count" => $"countif(isnotempty(tostring({column})))",
            "percentiles" => $"percentile({column}, {KqlText.Literal(rule.File.RequiredNumber("percentile_range"))})",
            _ => throw new ImportException(
                $"'metric_agg_type' is '{type}', expected min, max, avg, sum, cardinality, value_count or percentiles"),
        };
    }
}
