using Bongsu.Core.Batches;
using Bongsu.Core.Text;
using Bongsu.Query;
using Bongsu.Query.Execution;
using Bongsu.Query.Kql;
using Bongsu.Store.Scan;

namespace Bongsu.Tests.Query.Functions.Series;

public sealed class SeriesFunctionTests
{
    [Theory]
    [InlineData("print s = dynamic([1, 3, 5, 2, 4, 6]) | project series_decompose(s, 3)",
        "series_decompose_s_baseline=[1.5,3.5,5.5,1.5,3.5,5.5] series_decompose_s_seasonal=[1.5,3.5,5.5,1.5,3.5,5.5] " +
        "series_decompose_s_trend=[0.0,0.0,0.0,0.0,0.0,0.0] series_decompose_s_residual=[-0.5,-0.5,-0.5,0.5,0.5,0.5]")]
    [InlineData("print s = dynamic([1, 2, null, 4]) | extend (b, d) = series_decompose(s, 0, 'linefit') | project b, d, series_decompose_s_residual",
        "b=[1.0,2.0,3.0,4.0] d=[0.0,0.0,0.0,0.0] series_decompose_s_residual=[0.0,0.0,null,0.0]")]
    [InlineData("print s = dynamic([10, 11, 12, 0, 0]) | extend f = series_decompose_forecast(s, 2, 0, 'linefit') | project f, n = array_length(f)",
        "f=[10.0,11.0,12.0,13.0,14.0] n=5")]
    [InlineData("print s = dynamic([1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 50, 2]) | project a = series_decompose_anomalies(s, 1.5, 2) | project a",
        "a=[0,0,0,0,0,0,0,0,0,0,0,0,1,0]")]
    [InlineData("print s = dynamic([0, 1, 2, 3, 4]) | extend series_decompose_anomalies(s, 0.4, 0, 'none', 0, 'tukey') | project-away s",
        "series_decompose_anomalies_s_ad_flag=[-1,0,0,0,1] series_decompose_anomalies_s_ad_score=[-0.5,0.0,0.0,0.0,0.5] " +
        "series_decompose_anomalies_s_baseline=[0.0,0.0,0.0,0.0,0.0]")]
    [InlineData("print o = series_outliers(dynamic([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 18])) | project a = round(todouble(o[0]), 2), b = o[4], c = round(todouble(o[10]), 2)",
        "a=-0.69 b=0 c=2.59")]
    [InlineData("print s = dynamic([0, 1, 2, 3, 4, 99]) | project o = series_outliers(s, 'tukey', 99)", "o=[-0.5,0.0,0.0,0.0,0.5,0.0]")]
    [InlineData("print y = dynamic([1, 2, 3, 4, 5, 1, 2, 3, 4, 5, 1, 2, 3, 4, 5]) | project series_periods_detect(y, 0, 50, 2)",
        "series_periods_detect_y_periods=[5.0,0.0] series_periods_detect_y_scores=[1.0,0.0]")]
    [InlineData("print s = dynamic([1, 3, 5, 2, 4, 6]) | project r = series_seasonal(s, 3)", "r=[1.5,3.5,5.5,1.5,3.5,5.5]")]
    [InlineData("print s = dynamic({'a': 1}) | project r = series_seasonal(s), o = series_outliers(s)", "r= o=")]
    [InlineData("print s = dynamic([]) | project (a, b, c) = series_decompose_anomalies(s)", "a=[] b=[] c=[]")]
    [InlineData("print s = dynamic([null, 'x']) | project (a, b, c) = series_decompose_anomalies(s)", "a=[0,0] b=[0.0,0.0] c=[null,null]")]
    [InlineData("print s = dynamic([4, 5, 6]) | project (b, c, d, e) = series_decompose(s, 0, 'none')", "b=[0,0,0] c=[0,0,0] d=[0,0,0] e=[4,5,6]")]
    [InlineData("print s = dynamic([4, 4, 4]) | project (a, b, c) = series_decompose_anomalies(s)", "a=[0,0,0] b=[0,0,0] c=[4,4,4]")]
    [InlineData("print s = dynamic([7]) | project (a, b, c) = series_decompose_anomalies(s, 1.5, -1, 'linefit')", "a=[0] b=[0] c=[7]")]
    [InlineData("let day = 1d; let step = 6h; print s = dynamic([1, 2, 3, 9, 1, 2, 3, 9, 0, 0, 0, 0]) | project f = series_decompose_forecast(s, toint(day / step), tolong(day / step)) | project f",
        "f=[1,2,3,9,1,2,3,9,1,2,3,9]")]
    [InlineData("print s = dynamic([1, 2, 3]) | project f = series_decompose_forecast(s, 5) | project f", "f=[null,null,null]")]
    [InlineData("print s = dynamic([0, 1, 2, 3, 4, 99]) | project o = series_outliers(s, 'tukey', 99, 0, 100)", "o=[-0.5,0.0,0.0,0.0,0.5,0.0]")]
    [InlineData("print s = dynamic([1, 2, 1, 2, 1, 2, 1, 2]) | project (p, q) = series_periods_detect(s, 0.0, 50.0, 3)", "p=[4,0,0] q=[1,0,0]")]
    [InlineData("print s = dynamic([1, 1, 1, 1, 1, 1, 1, 1, 1]) | project (p, q) = series_periods_detect(s, 0.0, 50.0, 2)", "p=[0,0] q=[0,0]")]
    public void Function_Series_GivesColumns(string query, string expected) => Assert.Equal(Normal(expected), Normal(Run(query)));

    [Theory]
    [InlineData("print s = dynamic([1]) | project (a, b, c, d, e) = series_decompose(s)", "5 names for 4 results")]
    [InlineData("print s = dynamic([1]) | extend series_decompose(s, -1, 'linear')", "knows the trend 'avg', 'linefit', 'none', not 'linear'")]
    [InlineData("print s = dynamic([1]), n = 3 | extend series_decompose(s, n)", "expects a constant number as seasonality")]
    [InlineData("print s = dynamic([1]) | extend series_outliers(s, 'ctukey', real(null), 90, 10)", "expects percentiles from 2 to 98")]
    [InlineData("print s = dynamic([1]) | extend series_periods_detect(s, 0, 10, 100000)", "expects 1 to 1000 as num_periods")]
    [InlineData("print series_decompose('text')", "expects dynamic as series")]
    [InlineData("print s = dynamic([1]) | extend series_decompose(s, -2)", "expects -1, 0 or the points of a period as seasonality, got -2")]
    [InlineData("print s = dynamic([1]) | extend series_decompose(s, -1, 'avg', -1)", "expects 0 or more as test_points, got -1")]
    [InlineData("print s = dynamic([1]) | extend series_decompose_forecast(s, -1)", "expects 0 or more as points, got -1")]
    [InlineData("print s = dynamic([1]) | extend series_decompose_anomalies(s, -1.5)", "expects 0 or more as threshold, got -1.5")]
    [InlineData("print s = dynamic([1]) | extend series_decompose_anomalies(s, 1.5, -1, 'avg', 0, 'tuckey')", "knows the ad_method 'ctukey', 'tukey', not 'tuckey'")]
    public void Function_WrongArgument_SaysWhat(string query, string message)
    {
        QueryException error = Assert.Throws<QueryException>(() => Run(query));
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    // The documentation's weeks, with a pseudo-random number instead of rand().
    [Fact]
    public void Anomalies_DocumentedQuery_FlagsTheSixOutliers()
    {
        const string Query = """
            range t from 1 to 24*7*5 step 1
            | extend noise = abs(hash(t) % 2000) / 1000.0
            | extend y = noise + iff((t/24)%7>=5, 5.0, 15.0) - (((t%24)/10)*((t%24)/10)) + t/72.0
            | extend y = iff(t in (150, 200, 780), y - 8.0, iff(t in (300, 400, 600), y + 8.0, y))
            | summarize t = make_list(t), y = make_list(y)
            | extend (flag, score, baseline) = series_decompose_anomalies(y, 2.5, -1, 'linefit')
            | mv-expand t to typeof(long), flag to typeof(long)
            | where flag != 0
            | summarize up = make_list_if(t, flag == 1), down = make_list_if(t, flag == -1)
            """;
        Assert.Equal("up=[300,400,600] down=[150,200,780]", Run(Query));
    }

    // Whatever is in a series: an answer of as many elements, in which nothing but numbers and nulls stands.
    [Theory]
    [InlineData("dynamic([])", 0)]
    [InlineData("dynamic([null])", 1)]
    [InlineData("dynamic([null, null, null, null, null, null, null, null, null, null])", 10)]
    [InlineData("dynamic([1e308, -1e308, 1e308, -1e308, 1e308, -1e308, 1e308, -1e308, 1e308, -1e308])", 10)]
    [InlineData("dynamic([1e-308, 5e-324, 0, -5e-324, 1, null, 'x', true, {}, [1]])", 10)]
    [InlineData("pack_array(real(+inf), real(-inf), real(nan), 1, 2, 3, 1, 2, 3, real(+inf))", 10)]
    public void Function_HostileSeries_Answers(string series, int length)
    {
        string lengths = Run($"""
            print s = {series}
            | extend (b1, c1, d1, e1) = series_decompose(s), (b2, c2, d2, e2) = series_decompose(s, 3, 'linefit', 2)
            | extend (f, g, h) = series_decompose_anomalies(s, 1.5, -1, 'linefit'), i = series_decompose_forecast(s, 4, 0, 'linefit')
            | extend j = series_outliers(s), k = series_outliers(s, 'ctukey', 1, 2, 98), (l, m) = series_periods_detect(s, -1e300, 1e300, 2)
            | project all = pack_array(array_length(b1), array_length(c1), array_length(d1), array_length(e1), array_length(b2), array_length(e2),
                array_length(f), array_length(g), array_length(h), array_length(i), array_length(j), array_length(k)), array_length(l), array_length(m)
            """);
        Assert.StartsWith($"all=[{string.Join(',', Enumerable.Repeat(length, 12))}] ", lengths, StringComparison.Ordinal);
        Assert.EndsWith("=2", lengths, StringComparison.Ordinal);
    }

    private static string Run(string text)
    {
        BoundQuery query = KqlCompiler.Compile(text, EmptyCatalog.Instance, new CompileOptions { NowTicks = FunctionCase.NowTicks });
        Batch row = QueryEngine.Execute(query, new NoTables(), QueryLimits.Default, CancellationToken.None).Batches().Single();
        return string.Join(' ', Enumerable.Range(0, row.Schema.Count).Select(column =>
            $"{row.Schema[column].Name}={ScalarText.Format(row.Vectors[column].GetScalar(0))}"));
    }

    // The names that print makes up do not matter here, nor does how a whole number is written.
    private static string Normal(string text) =>
        text.Replace("print_0=", "Column=", StringComparison.Ordinal).Replace(".0,", ",", StringComparison.Ordinal)
            .Replace(".0]", "]", StringComparison.Ordinal);

    private sealed class NoTables : ITableSource
    {
        public TableSnapshot? Snapshot(string table) => null;
    }
}
