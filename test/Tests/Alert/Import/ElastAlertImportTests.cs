using Bongsu.Alert.Import.ElastAlert;
using Bongsu.Alert.Judges;
using Bongsu.Alert.Rules;
using Bongsu.Query.Kql;
using Bongsu.Stream.Events;

namespace Bongsu.Tests.Alert.Import;

public sealed class ElastAlertImportTests
{
    [Fact]
    public void Convert_OptionalKeysOfAnotherShape_AreNamedWithTheirLine()
    {
        const string text = """
            name: r
            type: frequency
            index: [logs-a-*, logs-b]
            num_events: 3
            timeframe: 5m
            owner: {a: b}
            realert: 5
            alert_text: [one, "{0} of {1} at {2}"]
            alert_text_args: [num_hits, user, "@timestamp"]
            threshold: 4
            surprise: 1
            filter:
            - term: {a: 1}
            - eql: sequence [any where true] [any where true]
            ---
            name: second
            """;
        ImportedRule imported = ElastAlertImport.Convert("r.yaml", text, new ImportNames(), new HashSet<string>());
        Assert.Null(imported.Error);
        Assert.Contains("  summary: \"one\\n{{ events }} of {{ user }} at {{ last }}\"", imported.Text, StringComparison.Ordinal);
        Assert.Contains("name: \"r logs-b\"", imported.Text, StringComparison.Ordinal);
        Assert.Contains("within: 5m", imported.Text, StringComparison.Ordinal);
        string[] notes = [.. imported.Notes.Select(note => note.ToString())];
        Assert.Contains("---: the file has 2 documents; the first is this rule, put the others in files of their own", notes);
        Assert.Contains("line 6, owner: 'owner' must be a text; left out", notes);
        Assert.Contains("line 7, realert: 'realert' must be a time such as 'minutes: 5'; left out", notes);
        Assert.Contains("line 10, threshold: type 'frequency' does not use it", notes);
        Assert.Contains("line 11, surprise: no counterpart is known", notes);
        Assert.Contains(notes, note => note.StartsWith("line 14, filter: 'eql' of more than single events has no counterpart", StringComparison.Ordinal));
    }

    [Fact]
    public void Convert_Any_KeepsFilterKeyAndText()
    {
        ImportedRule imported = Convert("""
            name: "login (admin)"
            type: any
            index: logstash-%Y.%m.%d
            query_key: [user.name, ip]
            realert: {minutes: 5}
            priority: 1
            owner: sec
            filter:
            - query: {query_string: {query: "event:login AND NOT user.name:root"}}
            alert_subject: "login of {0} from {1:>5}"
            alert_subject_args: [user.name, ip]
            alert_text: "{{literal}} {} {}"
            alert_text_args: [num_hits, no such field]
            alert: [slack, {email: {email: a@b.kr}}]
            slack_webhook_url: https://hooks.slack.com/services/SECRET
            es_host: localhost
            made_up: 1
            """);
        Rule rule = Load(imported);
        Assert.Equal(("login admin", RuleKind.Any, 1), (rule.Name, rule.Kind, rule.Severity));
        Assert.Equal("logstash\n| where tostring(event) == 'login'\n| where not(tostring(column_ifexists('user.name', '')) == 'root')\n", rule.Query);
        Assert.Contains("take_any(*) by ['user.name'], ip", rule.StreamQuery, StringComparison.Ordinal);
        Assert.Equal(TimeSpan.FromMinutes(5), rule.KeepFiringFor);
        Assert.Equal("login of {{ user.name }} from {{ ip }}", rule.Annotations["summary"]);
        Assert.Equal("{literal} {{ rows }} <no such field>", rule.Annotations["description"]);
        Assert.Equal("sec", rule.Labels["owner"]);
        Assert.Equal(
            ["alert", "alert", "alert_text", "es_host", "index", "made_up", "name", "priority", "realert", "slack_webhook_url"],
            imported.Notes.Select(note => note.Key).Order(StringComparer.Ordinal));
        Assert.DoesNotContain("SECRET", imported.Text, StringComparison.Ordinal);
        Assert.All(imported.Notes, note => Assert.Contains($"#   {note}\n", imported.Text, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("type: blacklist\ncompare_key: user\nblacklist: [kim, 7]", "field: user\nvalues: [kim, \"7\"]")]
    [InlineData("type: whitelist\ncompare_key: user\nignore_null: true\nwhitelist: ['!file ok.txt', lee]", "field: user\nvalues: [a, b, lee]\nignore_null: true")]
    [InlineData("type: change\ncompare_key: [country, city]\nquery_key: user\nignore_null: true\ntimeframe: {days: 1, hours: 12}", "fields: [country, city]\nby: [user]\nwithin: 36h\nignore_null: true")]
    [InlineData("type: frequency\nnum_events: 50\ntimeframe: {hours: 4}\nquery_key: host.name", "count: 50\nwithin: 4h\nby: [host.name]")]
    [InlineData("type: spike\nspike_height: 3\nspike_type: both\ntimeframe: {hours: 2}\nthreshold_cur: 5\nalert_on_new_data: true", "height: 3\ndirection: both\nwithin: 2h\nmin_current: 5\nnew_keys: true")]
    [InlineData("type: flatline\nthreshold: 1\ntimeframe: {minutes: 30}\nforget_keys: true\nquery_key: [a, b]", "below: 1\nwithin: 30m\nby: [a, b]\nforget_keys: true")]
    [InlineData("type: new_term\nfields: [ip, [user, ip]]\nterms_window_size: {days: 90}", "fields: [ip, [user, ip]]\nlook_back: 90d")]
    [InlineData("type: new_term\nquery_key: ip", "fields: [ip]")]
    [InlineData("type: cardinality\ncardinality_field: Hostname\nmin_cardinality: 15\ntimeframe: {hours: 4}", "field: Hostname\nmin: 15\nwithin: 4h")]
    [InlineData("type: metric_aggregation\nmetric_agg_key: cpu.pct\nmetric_agg_type: avg\nmax_threshold: 0.8\nmin_doc_count: 3\nbuffer_time: {hours: 1}\nbucket_interval: {minutes: 5}", "metric: \"avg(['cpu.pct'])\"\nmax: 0.8\nmin_rows: 3\nwithin: 5m\nevery: 5m")]
    [InlineData("type: metric_aggregation\nmetric_agg_key: ms\nmetric_agg_type: percentiles\npercentile_range: 95\nmax_threshold: 800\nbuffer_time: {minutes: 10}\nallow_buffer_time_overlap: true", "metric: \"percentile(ms, 95)\"\nmax: 800\nwithin: 10m")]
    [InlineData("type: spike_aggregation\nmetric_agg_key: ms\nmetric_agg_type: max\nspike_height: 2\nspike_type: up\nbuffer_time: {minutes: 10}\nthreshold_ref: 1.5", "metric: \"max(ms)\"\nheight: 2\ndirection: up\nwithin: 10m\nmin_before: 1.5")]
    [InlineData("type: percentage_match\nmatch_bucket_filter: [{terms: {status: [500, 503]}}]\nmax_percentage: 5\nmin_denominator: 20\nbuffer_time: {minutes: 5}", "match: \"tostring(status) in ('500', '503')\"\nmax: 5\nmin_rows: 20\nwithin: 5m\nevery: 5m")]
    public void Convert_EveryType_IsTheKindOfItsName(string keys, string expected)
    {
        ImportedRule imported = Convert($"name: x\nindex: logs-*\nalert: debug\nfilter: []\n{keys}\n");
        Rule rule = Load(imported);
        string kind = keys[6..keys.IndexOf('\n', StringComparison.Ordinal)];
        Assert.Equal(kind, RuleKinds.NameOf(rule.Kind));
        Assert.Contains($"kind: {kind}\n{expected}\nquery: logs\n", imported.Text, StringComparison.Ordinal);
        string[] others = [.. imported.Notes.Select(note => note.Key).Except(["alert", "index"])];
        Assert.Equal(
            keys.Contains("!file", StringComparison.Ordinal) ? ["whitelist"] : keys.Contains("bucket_interval", StringComparison.Ordinal) ? ["buffer_time"] : [], others);
    }

    [Fact]
    public void Convert_SpikeOfAField_ComparesItsMean()
    {
        Rule rule = Load(Convert("name: x\ntype: spike\nindex: t\nfield_value: temp\nspike_height: 2\nspike_type: up\ntimeframe: {minutes: 5}\nthreshold_cur: 3"));
        Assert.Equal(RuleKind.SpikeAggregation, rule.Kind);
        Assert.Null(Assert.IsType<SpikeSpec>(rule.Judge).MinCurrent);
    }

    [Theory]
    [InlineData("name: x\ntype: my.module.Rule\nindex: a", "is a class of your own")]
    [InlineData("name: x\ntype: frequenci\nindex: a", "did you mean 'frequency'?")]
    [InlineData("name: x\nindex: a", "'type' is missing")]
    [InlineData("name: x\ntype: frequency\nindex: a\ntimeframe: {hours: 1}", "'num_events' is missing")]
    [InlineData("name: x\ntype: frequency\nindex: a\nnum_events: 3\ntimeframe: {fortnights: 1}", "expected a number of weeks")]
    [InlineData("name: x\ntype: frequency\nindex: a\nnum_events: many\ntimeframe: {hours: 1}", "expected a number")]
    [InlineData("- a\n- b", "the file is not a rule")]
    [InlineData("name: [", "not YAML")]
    [InlineData("name: *gone", "not YAML")]
    [InlineData("", "the file is not a rule")]
    [InlineData("name: {{ env }}\ntype: any", "")]
    public void Convert_NoRuleToBeMade_SaysWhy(string text, string message)
    {
        ImportedRule imported = Convert(text);
        Assert.Null(imported.Text);
        Assert.Contains(message, imported.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Convert_DeepNesting_IsRefused()
    {
        Assert.Contains("nested deeper", Convert("name: " + new string('[', 200_000)).Error, StringComparison.Ordinal);
        RuleError error = Assert.Single(RuleSet.Parse("x.yaml", "name: " + new string('[', 200_000), EmptyCatalog.Instance, 0, RuleSet.Empty).Errors);
        Assert.Contains("nested deeper", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Convert_SwitchedOff_IsAFileOfComments()
    {
        ImportedRule imported = Convert("name: x\ntype: any\nindex: a\nis_enabled: false");
        Assert.All(imported.Text!.TrimEnd('\n').Split('\n'), line => Assert.StartsWith("#", line, StringComparison.Ordinal));
        Assert.Empty(RuleSet.Parse("x.yaml", imported.Text, EmptyCatalog.Instance, 0, RuleSet.Empty).Errors);
    }

    [Fact]
    public void Convert_Jinja_StandsAsWritten()
    {
        ImportedRule imported = Convert("""
            name: x
            type: any
            index: a
            alert_text_type: alert_text_jinja
            alert_text: "{{ user.name }} {% if a %}{{ a | upper }}{% endif %} {{ _data['ip'] }}"
            """);
        Assert.Equal("{{ user.name }} {% if a %}<a | upper>{% endif %} {{ ip }}", Load(imported).Annotations["summary"]);
        Assert.Contains(imported.Notes, note => note.Key == "alert_text" && note.Reason.Contains("template language", StringComparison.Ordinal));
    }

    [Fact]
    public void Convert_SameNames_AreToldApart()
    {
        var taken = new HashSet<string>();
        Assert.Equal("x", ElastAlertImport.Convert("a.yaml", "name: x\ntype: any\nindex: a", new ImportNames(), taken).Name);
        Assert.Equal("x 2", ElastAlertImport.Convert("b.yaml", "name: x\ntype: any\nindex: a", new ImportNames(), taken).Name);
    }

    [Fact]
    public void Convert_ImportAndMergeKeys_AreTakenIn()
    {
        Rule rule = Load(Convert("base: &b {type: frequency, index: logs}\n<<: *b\nname: x\nimport: base.yaml\ntimeframe: {hours: 1}"));
        Assert.Equal(7, Assert.IsType<FrequencySpec>(rule.Events).Count);
    }

    [Fact]
    public void Convert_FiltersOfImportedFiles_MustHoldToo()
    {
        ImportedRule imported = Convert("name: x\ntype: any\nindex: a\nimport: [filters.yaml, nested.yaml]\nfilter: [{term: {own: 1}}]");
        Assert.Contains("""
            query: |
              a
              | where tostring(own) == '1'
              | where tostring(env) == 'prod'
              | where tostring(zone) == 'kr'
            """, imported.Text, StringComparison.Ordinal);
        Assert.Contains(imported.Notes, note => note is { Key: "filter", Line: 0 } && note.Reason.Contains("'script'", StringComparison.Ordinal));
        Assert.Contains(imported.Notes, note => note.Key == "import" && note.Reason.Contains("'gone.yaml'", StringComparison.Ordinal));
    }

    [Fact]
    public void Convert_SeveralIndices_AreARuleEach()
    {
        ImportedRule imported = Convert("name: x\ntype: any\nindex: 'topbeat-*, packetbeat-*,-packetbeat-old,topbeat-%Y'");
        RuleSet set = RuleSet.Parse("rule.yaml", imported.Text!, EmptyCatalog.Instance, 0, RuleSet.Empty);
        Assert.Equal(["x", "x packetbeat"], set.Rules.Select(rule => rule.Name));
        Assert.Equal(["topbeat", "packetbeat"], set.Rules.Select(rule => rule.Query.Split(' ', '\n')[0]));
        Assert.Contains(imported.Notes, note => note.Reason.Contains("topbeat, packetbeat", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("alert_subject: '{0} of {1}'\nalert_subject_args: [owner, user]\nowner: 'team {{a}}'\nalert_text_type: alert_text_jinja", "team {{ a }} of {{ user }}")]
    [InlineData("alert_text: '{x} {0}'\nalert_text_args: [num_events]\nalert_text_kw: {category: x}\ncategory: net", "net {{ num_events }}")]
    [InlineData("alert_text: '{{ user }} {0}'\nalert_text_args: [user]\nalert_text_type: alert_text_jinja", "{{ user }} {0}")]
    public void Convert_TextArguments_MayNameKeysOfTheRule(string keys, string expected)
    {
        Rule rule = Load(Convert($"name: x\ntype: any\nindex: a\n{keys}"));
        Assert.Equal(expected, rule.Annotations["summary"]);
    }

    [Theory]
    [InlineData("a:1 OR b:2 AND c:3", true)]
    [InlineData("NOT a:1 OR b:2", true)]
    [InlineData("a:1 OR (b:2 AND c:3)", false)]
    [InlineData("(a:1 OR b:2) AND NOT c:3", false)]
    public void Convert_AndBesideOr_IsNoted(string query, bool isNoted)
    {
        ImportedRule imported = Convert($"name: x\ntype: any\nindex: a\nfilter:\n- query_string:\n    query: '{query}'");
        Assert.Equal(isNoted, imported.Notes.Any(note => note is { Key: "filter", Line: 5 }));
    }

    [Fact]
    public void Convert_RealertNotGiven_IsElastAlertsMinute()
    {
        Assert.Equal(TimeSpan.FromMinutes(1), Load(Convert("name: x\ntype: any\nindex: a")).KeepFiringFor);
        Assert.Equal(TimeSpan.Zero, Load(Convert("name: x\ntype: any\nindex: a\nrealert: {minutes: 0}")).KeepFiringFor);
    }

    [Theory]
    [InlineData("logstash-*", "logstash")]
    [InlineData("logs-app-%Y.%m.%d", "logs-app")]
    [InlineData("your_indice_%Y-%m-%d", "your_indice")]
    [InlineData("<logs-{now/d}>", "logs")]
    [InlineData("cluster:filebeat-7.17.0-*", "filebeat-7.17.0")]
    [InlineData("*", "")]
    [InlineData("_all", "")]
    [InlineData("logs-*-prod", "logs--prod")]
    public void IndexPattern_Patterns_AreTables(string pattern, string table) => Assert.Equal(table, IndexPattern.TableOf(pattern, name => name));

    [ElastAlertRulesFact]
    public void Convert_ExampleFiles_AllLoad()
    {
        var taken = new HashSet<string>();
        foreach (string file in Directory.EnumerateFiles(ElastAlertRulesFactAttribute.Folder, "*.yaml").Order(StringComparer.Ordinal))
        {
            ImportedRule imported = ElastAlertImport.Convert(Path.GetFileName(file), File.ReadAllText(file), new ImportNames(), taken);
            Load(imported);
            string[] keys = [.. File.ReadLines(file).Where(line => line.Length > 0 && char.IsAsciiLetter(line[0])).Select(line => line.Split(':')[0])];
            Assert.All(imported.Notes, note => Assert.Contains(note.Key, keys));
        }

        Assert.Equal(8, taken.Count);
    }

    [Fact]
    public void Convert_AnyText_IsARuleOrAReason()
    {
        const string Sample = """
            name: "login (admin)"
            type: percentage_match
            index: logstash-*
            query_key: [user.name, ip]
            timeframe: {minutes: 5, hours: 1.5}
            buffer_time: &t {minutes: 5}
            bucket_interval: *t
            match_bucket_filter: [{bool: {must: {term: {a: 1}}, should: [{range: {b: {gte: 1}}}]}}]
            max_percentage: 5
            filter:
            - query: {query_string: {query: "event:login AND NOT user.name:root"}}
            alert_text: "{0} {a} {{b}} {} {% if %}"
            alert_text_args: [a, b]
            alert: [slack, {email: {email: a@b.kr}}]
            """;
        string[] words =
        [
            "any", "blacklist", "whitelist", "change", "frequency", "spike", "flatline", "new_term", "cardinality", "metric_aggregation", "null", "[]", "{}",
            "- ", ": ", "\n", "'", "\"", "{", "}", "[", "&x ", "*x", "compare_key: a\n", "num_events: -1\n", "threshold: 1e400\n", "fields: [[a], b]\n", "\0", "결제", "<<: *t\n",
        ];
        var random = new Random(8);
        int made = 0;
        for (int round = 0; round < 1000; round++)
        {
            string text = Sample;
            for (int edit = random.Next(1, 5); edit > 0; edit--)
            {
                int at = random.Next(text.Length);
                text = text.Remove(at, Math.Min(random.Next(6), text.Length - at)).Insert(at, random.Next(2) == 0 ? "" : words[random.Next(words.Length)]);
            }

            ImportedRule imported = Convert(text);
            Assert.True(imported.Text is null != imported.Error is null);
            if (imported.Text is not null)
            {
                made++;
                Assert.Empty(RuleSet.Parse("x.yaml", imported.Text, EmptyCatalog.Instance, 0, RuleSet.Empty).Errors);
            }
        }

        Assert.True(made > 100, $"{made} made");
    }

    private static ImportedRule Convert(string text) => ElastAlertImport.Convert("some rule.yaml", text, new ImportNames
    {
        ReadFile = name => name switch
        {
            "ok.txt" => "a\n\nb\n",
            "base.yaml" => "num_events: 7\ntimeframe: {hours: 9}",
            "filters.yaml" => "filter: [{term: {env: prod}}, {script: x}]\nimport: [gone.yaml]",
            "nested.yaml" => "filter:\n- term: {zone: kr}\nimport: filters2.yaml",
            _ => null,
        },
    }, new HashSet<string>());

    private static Rule Load(ImportedRule imported)
    {
        Assert.Null(imported.Error);
        RuleSet set = RuleSet.Parse("rule.yaml", imported.Text!, EmptyCatalog.Instance, 0, RuleSet.Empty);
        Assert.Empty(set.Errors);
        return Assert.Single(set.Rules);
    }
}
