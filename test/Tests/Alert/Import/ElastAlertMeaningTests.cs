using System.Globalization;
using Bongsu.Alert.Alerts;
using Bongsu.Alert.Backtest;
using Bongsu.Alert.Import.ElastAlert;
using Bongsu.Alert.Rules;
using Bongsu.Core.Batches;
using Bongsu.Core.Types;
using Bongsu.Core.Vectors;
using Bongsu.Query.Execution;
using Bongsu.Store;
using Bongsu.Tests.Stream;

namespace Bongsu.Tests.Alert.Import;

/// <summary>Small sets of events through imported rules; what is expected is worked out by hand from ElastAlert's
/// documentation.</summary>
public sealed class ElastAlertMeaningTests
{
    private const string Frequency = "type: frequency\nnum_events: 3\ntimeframe: {minutes: 10}\n";
    private const string Spike = "type: spike\nspike_type: up\ntimeframe: {hours: 2}\n";

    [Theory]
    [InlineData(Frequency, "0:00; 0:04; 0:09", "0:09")]
    [InlineData(Frequency, "0:00; 0:06; 0:12; 0:18", "")]
    [InlineData(Frequency + "query_key: user\n", "0:00 user=a; 0:01 user=b; 0:02 user=a; 0:03 user=b; 0:05 user=b", "0:05 b")]
    [InlineData(Frequency + "filter: [{term: {code: 5}}]\n", "0:00 code=5; 0:01 code=4; 0:02 code=5; 0:03 code=3; 0:20 code=5", "")]
    [InlineData("type: any\nfilter: [{query: {query_string: {query: 'code:[500 TO 599] AND NOT user:bot'}}}]\n", "0:00 code=200 user=a; 0:05 code=500 user=a; 0:10 code=503 user=bot", "0:05")]
    [InlineData("type: blacklist\ncompare_key: user\nblacklist: [root, admin]\nquery_key: user\n", "0:00 user=kim; 0:05 user=root; 0:10 user=lee; 0:15 user=admin", "0:05 root; 0:15 admin")]
    [InlineData("type: whitelist\ncompare_key: user\nwhitelist: [kim]\nignore_null: true\n", "0:00 user=kim; 0:05; 0:10 user=lee", "0:10")]
    [InlineData("type: whitelist\ncompare_key: user\nwhitelist: [kim]\nignore_null: false\n", "0:00 user=kim; 0:05; 0:10 user=lee", "0:05; 0:10")]
    [InlineData("type: change\ncompare_key: land\nquery_key: user\nignore_null: true\n", "0:00 user=a land=kr; 0:05 user=b land=us; 0:10 user=a land=kr; 0:15 user=a land=us; 0:20 user=a; 0:25 user=b land=us", "0:15 a")]
    [InlineData("type: change\ncompare_key: land\nquery_key: user\nignore_null: true\ntimeframe: {minutes: 10}\n", "0:00 user=a land=kr; 0:15 user=a land=us; 0:20 user=a land=kr", "0:20 a")]
    [InlineData("type: new_term\nfields: [ip]\nterms_window_size: {hours: 1}\n", "0:00 ip=x; 0:05 ip=x; 0:10 ip=y; 0:20 ip=x; 2:00 ip=x", "0:00 ip,x; 0:10 ip,y; 2:00 ip,x")]
    [InlineData("type: cardinality\ncardinality_field: ip\nmax_cardinality: 2\ntimeframe: {minutes: 10}\nquery_key: user\n", "0:00 ip=a user=k; 0:01 ip=b user=k; 0:02 ip=b user=k; 0:03 ip=c user=k; 0:04 ip=d user=l", "0:04 k")]
    [InlineData("type: cardinality\ncardinality_field: ip\nmin_cardinality: 2\ntimeframe: {minutes: 10}\n", "0:00 ip=a; 0:05 ip=a; 0:12 ip=a; 0:14 ip=b; 0:40 ip=a", "0:11; 0:23")]
    [InlineData("type: metric_aggregation\nmetric_agg_key: ms\nmetric_agg_type: avg\nmax_threshold: 100\nbuffer_time: {minutes: 10}\n", "0:01 ms=50; 0:02 ms=150; 0:11 ms=90; 0:12 ms=120; 0:21 ms=10", "0:20")]
    [InlineData("type: percentage_match\nmatch_bucket_filter: [{range: {code: {gte: 500}}}]\nmax_percentage: 50\nmin_denominator: 3\nbuffer_time: {minutes: 10}\n", "0:01 code=500; 0:02 code=500; 0:11 code=500; 0:12 code=500; 0:13 code=200; 0:21 code=500; 0:22 code=200; 0:23 code=200", "0:20")]
    [InlineData(Frequency + "query_key: [user, ip]\n", "0:00 user=a ip=x; 0:01 user=a ip=y; 0:02 user=a ip=x; 0:03 user=b ip=x; 0:05 user=a ip=x", "0:05 a,x")]
    [InlineData(Frequency + "query_key: user\nuse_terms_query: true\ndoc_type: _doc\nterms_size: 5\n", "0:00 user=a; 0:01 user=a; 0:10 user=a", "0:10 a")]
    [InlineData(Frequency + "realert: {minutes: 30}\nexponential_realert: {hours: 2}\n", "0:00; 0:01; 0:02; 0:25; 0:26; 0:27; 2:00; 2:01; 2:02", "0:02; 2:02")]
    [InlineData("type: any\nfilter: [{bool: {must: [{exists: {field: user}}], must_not: [{terms: {user: [bot, test]}}]}}]\n", "0:00 code=1 user=bot; 0:05 code=1 user=kim; 0:10 code=1; 0:15 code=2 user=test", "0:05")]
    [InlineData("type: any\nfilter: [{not: {or: [{term: {user: bot}}, {and: [{range: {code: {gte: 2, lt: 4}}}, {wildcard: {user: 'k*'}}]}]}}]\n", "0:00 code=1 user=bot; 0:05 code=3 user=kim; 0:10 code=4 user=kim; 0:15 code=3 user=lee", "0:10; 0:15")]
    [InlineData("type: any\nfilter: [{match_phrase: {message: 'connection refused'}}]\n", "0:00 message=connection_refused; 0:05 message=refused_connection; 0:10 message=a_Connection_refused_b", "0:00; 0:10")]
    [InlineData("type: blacklist\ncompare_key: user\nblacklist: [root]\n", "0:00; 0:05 user=root; 0:10 user=rooty", "0:05")]
    [InlineData("type: change\ncompare_key: [land, city]\nquery_key: user\nignore_null: false\n", "0:00 user=a land=kr city=x; 0:05 user=a land=kr city=y; 0:10 user=b land=us city=x; 0:15 user=a land=kr city=y", "0:05 a")]
    [InlineData("type: new_term\nfields: [[ip, user], land]\n", "0:00 ip=x user=a land=kr; 0:05 ip=x user=b land=kr; 0:10 ip=x user=a land=us", "0:00 land,kr; 0:00 ip, user,x | a; 0:05 ip, user,x | b; 0:10 land,us")]
    [InlineData("type: new_term\nquery_key: ip\nuse_terms_query: true\n", "0:00 ip=x; 0:05 ip=x; 0:10 ip=y", "0:00 ip,x; 0:10 ip,y")]
    [InlineData("type: metric_aggregation\nmetric_agg_key: ms\nmetric_agg_type: max\nmin_threshold: 100\nquery_key: user\nmin_doc_count: 2\nbuffer_time: {minutes: 10}\n", "0:01 ms=50 user=a; 0:02 ms=99 user=a; 0:03 ms=10 user=b; 0:11 ms=100 user=a; 0:12 ms=10 user=a", "0:10 a")]
    [InlineData("type: metric_aggregation\nmetric_agg_key: ms\nmetric_agg_type: sum\nmax_threshold: 100\nbucket_interval: {minutes: 5}\nsync_bucket_interval: true\nbuffer_time: {minutes: 10}\n", "0:01 ms=60; 0:06 ms=60; 0:07 ms=50; 0:11 ms=100", "0:10")]
    [InlineData("type: percentage_match\nmatch_bucket_filter: [{term: {code: 500}}]\nmin_percentage: 50\nquery_key: user\nbuffer_time: {minutes: 10}\n", "0:01 code=500 user=a; 0:02 code=200 user=a; 0:03 code=200 user=b; 0:04 code=200 user=b; 0:05 code=500 user=b", "0:10 b")]
    [InlineData("type: spike_aggregation\nmetric_agg_key: ms\nmetric_agg_type: avg\nspike_height: 2\nspike_type: both\nbuffer_time: {minutes: 10}\n", "0:00 ms=10; 0:05 ms=10; 0:15 ms=10; 0:25 ms=30; 0:38 ms=15", "0:26; 0:39")]
    [InlineData("type: spike\nfield_value: ms\nspike_height: 2\nspike_type: up\ntimeframe: {minutes: 10}\nthreshold_cur: 1000\n", "0:00 ms=10; 0:05 ms=10; 0:15 ms=10; 0:25 ms=30", "0:26")]
    [InlineData("type: spike\nspike_height: 3\nspike_type: up\ntimeframe: {minutes: 10}\nquery_key: user\nthreshold_cur: 3\nalert_on_new_data: true\n", "0:00 user=a; 0:05 user=b; 0:05 user=b; 0:06 user=b; 0:15 user=a; 0:22 user=a; 0:25 user=c; 0:26 user=c; 0:27 user=c", "0:28 c")]
    [InlineData("type: spike\nspike_height: 3\nspike_type: up\ntimeframe: {minutes: 10}\nquery_key: user\nthreshold_cur: 3\n", "0:00 user=a; 0:15 user=a; 0:22 user=a; 0:25 user=c; 0:26 user=c; 0:27 user=c", "")]
    [InlineData("type: spike\nspike_height: 3\nspike_type: up\ntimeframe: {minutes: 10}\n", "0:00; 0:07; 0:08; 0:09; 0:09; 0:09", "")]
    [InlineData("type: any\nfilter: [{match: {menu: 'burrito pasta pizza'}}]\n", "0:00 menu=burrito; 0:05 menu=sandwich; 0:10 menu=Pizza_large", "0:00; 0:10")]
    [InlineData("type: any\nfilter: [{match: {menu: {query: 'pasta pizza', operator: and}}}]\n", "0:00 menu=pizza; 0:05 menu=pizza_and_pasta", "0:05")]
    [InlineData("type: any\nfilter: [{match_phrase: {menu: 'hot pizza'}}, {term: {user: {value: KIM, case_insensitive: true}}}]\n", "0:00 menu=pizza_hot user=kim; 0:05 menu=a_hot_pizza user=kim; 0:10 menu=hot_pizza user=lee", "0:05")]
    [InlineData("type: any\nfilter: [{wildcard: {user: {value: 'K*m', case_insensitive: true}}}]\n", "0:00 user=kim; 0:05 user=lee; 0:10 user=KIRIM", "0:00; 0:10")]
    [InlineData("type: any\nfilter: [{query_string: {query: 'user:(kim OR lee) AND NOT code:[500 TO 599} AND _exists_:ip'}}]\n", "0:00 user=kim code=200 ip=x; 0:05 user=lee code=599 ip=x; 0:10 user=lee code=500 ip=x; 0:15 user=lee code=200; 0:20 user=kim code=600 ip=y", "0:00; 0:05; 0:20")]
    [InlineData("type: any\nfilter: [{query_string: {query: '+user:k?m -code:>=500'}}]\n", "0:00 user=kim code=200; 0:05 user=kim code=500; 0:10 user=lee code=200", "0:00")]
    [InlineData("type: any\nrealert: {minutes: 0}\n", "0:00 user=a; 0:05 user=a", "0:00; 0:05")]
    [InlineData("type: any\n", "0:00 user=a; 0:01 user=a; 0:05 user=a", "0:00; 0:05")]
    [InlineData("type: metric_aggregation\nmetric_agg_key: user\nmetric_agg_type: cardinality\nmax_threshold: 1\nbuffer_time: {minutes: 10}\n", "0:01 user=a; 0:02 code=1; 0:03 user=a; 0:11 user=a; 0:12 user=b", "0:20")]
    [InlineData("type: metric_aggregation\nmetric_agg_key: user\nmetric_agg_type: value_count\nmax_threshold: 1\nbuffer_time: {minutes: 10}\n", "0:01 user=a; 0:02 code=1; 0:11 user=a; 0:12 user=a", "0:20")]
    [InlineData("type: cardinality\ncardinality_field: ip\nmax_cardinality: 1\ntimeframe: {minutes: 10}\n", "0:00 ip=a; 0:01 user=k; 0:20 ip=a; 0:21 ip=b", "0:22")]
    [InlineData("type: metric_aggregation\nmetric_agg_key: ms\nmetric_agg_type: min\nmin_threshold: 5\nbuffer_time: {minutes: 10}\n", "0:01 ms=5; 0:02 ms=9; 0:11 ms=4; 0:12 ms=90", "0:20")]
    [InlineData("type: metric_aggregation\nmetric_agg_key: ms\nmetric_agg_type: percentiles\npercentile_range: 50\nmax_threshold: 5\nbuffer_time: {minutes: 10}\n", "0:01 ms=1; 0:02 ms=2; 0:03 ms=90; 0:11 ms=6; 0:12 ms=7; 0:13 ms=1", "0:20")]
    [InlineData("type: spike_aggregation\nmetric_agg_key: ms\nmetric_agg_type: max\nspike_height: 3\nspike_type: down\ntimeframe: {minutes: 10}\nbuffer_time: {minutes: 5}\n", "0:00 ms=30; 0:05 ms=30; 0:15 ms=30; 0:26 ms=10; 0:27 ms=9", "0:27")]
    [InlineData("type: spike_aggregation\nmetric_agg_key: ms\nmetric_agg_type: sum\nspike_height: 2\nspike_type: up\ntimeframe: {minutes: 10}\nthreshold_cur: 50\n", "0:00 ms=10; 0:05 ms=10; 0:15 ms=10; 0:25 ms=30; 0:32 ms=30", "0:33")]
    [InlineData("type: percentage_match\nmatch_bucket_filter: [{terms: {code: [500, 502]}}, {term: {user: a}}]\nmax_percentage: 40\nbuffer_time: {minutes: 10}\n", "0:01 code=500 user=a; 0:02 code=200 user=a; 0:11 code=500 user=b; 0:12 code=502 user=a; 0:13 code=502 user=b", "0:10")]
    public Task Replay_ByEvents_FiresWhenTheDocumentationSays(string rule, string events, string expected) => AssertFires(rule, Split(events), expected);

    // The documentation's examples of spike: rows of each hour at its beginning; the numbers are those it lists.
    [Theory]
    [InlineData("spike_height: 4\nthreshold_cur: 15\n", "5 5 10 35", "4:00")]
    [InlineData("spike_height: 4\nthreshold_cur: 15\n", "20 21 19 23", "")]
    [InlineData("spike_height: 4\nthreshold_cur: 15\n", "10 0 0 30 5", "4:01")]
    [InlineData("spike_height: 2\nthreshold_ref: 5\n", "20 100 100 100", "")]
    [InlineData("spike_height: 2\nthreshold_ref: 5\n", "1 2 2 1000 2 4", "")]
    [InlineData("spike_height: 2\nthreshold_ref: 5\n", "100 0 0 0 100 105 108", "6:01")]
    [InlineData("spike_height: 5\nthreshold_cur: 100\n", "100", "")]
    [InlineData("spike_height: 5\nthreshold_cur: 100\n", "2 1 20 81", "4:00")]
    [InlineData("spike_height: 5\nthreshold_cur: 100\n", "10 20 40 80 200", "")]
    public Task Replay_SpikeExamples_FireWhenTheDocumentationSays(string keys, string perHour, string expected) => AssertFires(
        Spike + keys,
        [.. perHour.Split(' ').SelectMany((count, hour) => Enumerable.Repeat($"{hour}:00", int.Parse(count, CultureInfo.InvariantCulture)))],
        expected);

    [Theory]
    [InlineData("type: flatline\nthreshold: 2\ntimeframe: {minutes: 10}\n", "0:00; 0:05; 0:08; 0:20; 0:24; 0:29", "0:16; 0:35")]
    [InlineData("type: flatline\nthreshold: 1\ntimeframe: {minutes: 10}\nquery_key: host\nforget_keys: true\nuse_count_query: true\n", "0:00 host=a; 0:08 host=a; 0:40 host=a; 0:45 host=a", "0:19 a; 0:56 a")]
    [InlineData("type: flatline\nthreshold: 1\ntimeframe: {minutes: 10}\nquery_key: host\n", "0:00 host=a; 0:02 host=b; 0:08 host=a; 0:15 host=a; 0:24 host=a", "0:13 b; 0:35 a")]
    public Task Replay_Flatline_FiresAfterTheTimeframe(string rule, string events, string expected) => AssertFires(rule, Split(events), expected);

    [Fact]
    public async Task Replay_MissingField_IsToldByARuleOfItsOwn()
    {
        const string rule = "type: new_term\nfields: [ip]\nalert_on_missing_field: true\n";
        await AssertFires(rule, Split("0:00 ip=x; 0:05 ip=x; 0:10 user=a; 0:20 ip=y"), "0:00 ip,x; 0:20 ip,y", rule: 0);
        await AssertFires(rule, Split("0:00 ip=x; 0:05 ip=x; 0:10 user=a; 0:20 ip=y"), "0:10", rule: 1);
    }

    private static string[] Split(string events) => events.Split("; ");

    private static async Task AssertFires(string text, string[] events, string expected, int rule = 0)
    {
        ImportedRule imported = ElastAlertImport.Convert(
            "r.yaml", "name: r\nindex: logs-*\nalert: debug\n" + text, new ImportNames(), new HashSet<string>());
        Assert.Null(imported.Error);
        await using AlertTestBed bed = await AlertTestBed.CreateAsync();
        await bed.Database.GetOrCreateTable("default", "logs").AppendAsync(
            Rows(events), new AppendOptions { SourceId = "import" }, CancellationToken.None);
        RuleSet set = RuleSet.Parse("r.yaml", imported.Text!, new TenantTables(bed.Database, "default"), bed.Time.GetUtcNow().UtcTicks, RuleSet.Empty);
        Assert.Empty(set.Errors);
        var options = new BacktestOptions { FromTicks = StreamTestBed.Ticks(-60), ToTicks = StreamTestBed.Ticks(8 * 3600), ByEventTime = true };
        BacktestReport report = Assert.Single(RuleBacktest.Run([set.Rules[rule]], bed.Database, "default", options, bed.Time, CancellationToken.None));
        Assert.Null(report.Error);
        Assert.Equal(expected, string.Join("; ", report.Alerts.OrderBy(alert => alert.StartedAt, StringComparer.Ordinal).Select(Show)));
    }

    // When it began: the end of the first window that tells of it, whole minutes. Windows of rows watched one by one end
    // every 10 s, so a row at 0:05 shows as 0:05; where windows end every minute, as 0:06.
    private static string Show(AlertView alert)
    {
        TimeSpan at = DateTime.Parse(alert.StartedAt, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind) - StreamTestBed.Start;
        string key = string.Join(',', alert.Key.Select(pair => pair.Value!.ToString()));
        return string.Create(CultureInfo.InvariantCulture, $"{(int)at.TotalHours}:{at.Minutes:00}{(key.Length > 0 ? " " : "")}{key}");
    }

    private static Batch Rows(string[] events)
    {
        (double Seconds, Dictionary<string, string> Fields)[] rows = [.. events.Select(text =>
        {
            string[] parts = text.Split(' ');
            string[] clock = parts[0].Split(':');
            double seconds = (int.Parse(clock[0], CultureInfo.InvariantCulture) * 3600) + (int.Parse(clock[1], CultureInfo.InvariantCulture) * 60);
            return (seconds, parts[1..].Select(part => part.Split('=')).ToDictionary(part => part[0], part => part[1].Replace('_', ' ')));
        })];
        var timestamps = new FixedVectorBuilder<long>(ScalarType.DateTime);
        foreach ((double seconds, _) in rows)
        {
            timestamps.Append(StreamTestBed.Ticks(seconds));
        }

        List<Column> columns = [new Column("timestamp", ScalarType.DateTime)];
        List<Vector> vectors = [timestamps.Build()];
        foreach (string name in rows.SelectMany(row => row.Fields.Keys).Distinct())
        {
            string[] values = [.. rows.Select(row => row.Fields.GetValueOrDefault(name, ""))];
            bool isNumber = values.All(value => long.TryParse(value, out _));
            columns.Add(new Column(name, isNumber ? ScalarType.Long : ScalarType.String));
            vectors.Add(isNumber ? Numbers(values) : Texts(values));
        }

        return new Batch(new Schema(columns), [.. vectors], rows.Length);
    }

    private static Vector Numbers(string[] values)
    {
        var numbers = new FixedVectorBuilder<long>(ScalarType.Long);
        foreach (string value in values)
        {
            numbers.Append(long.Parse(value, CultureInfo.InvariantCulture));
        }

        return numbers.Build();
    }

    private static Vector Texts(string[] values)
    {
        var texts = new StringVectorBuilder();
        foreach (string value in values)
        {
            texts.Append(value);
        }

        return texts.Build();
    }
}
