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
    [InlineData("print series_outliers(dynamic([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 18]))", "Column=[-0.125,0,0,0,0,0,0,0,0,0,1.125]")]
    [InlineData("print s = dynamic([0, 1, 2, 3, 4, 99]) | project o = series_outliers(s, 'tukey', 99)", "o=[-0.5,0.0,0.0,0.0,0.5,0.0]")]
    [InlineData("print y = dynamic([1, 2, 3, 4, 5, 1, 2, 3, 4, 5, 1, 2, 3, 4, 5]) | project series_periods_detect(y, 0, 50, 2)",
        "series_periods_detect_y_periods=[5.0,0.0] series_periods_detect_y_scores=[1.0,0.0]")]
    [InlineData("print s = dynamic([1, 3, 5, 2, 4, 6]) | project r = series_seasonal(s, 3)", "r=[1.5,3.5,5.5,1.5,3.5,5.5]")]
    [InlineData("print s = dynamic({'a': 1}) | project r = series_seasonal(s), o = series_outliers(s)", "r= o=")]
    [InlineData("print s = dynamic([]) | project (a, b, c) = series_decompose_anomalies(s)", "a=[] b=[] c=[]")]
    [InlineData("print s = dynamic([null, 'x']) | project (a, b, c) = series_decompose_anomalies(s)", "a=[0,0] b=[0.0,0.0] c=[null,null]")]
    public void Function_Series_GivesColumns(string query, string expected) => Assert.Equal(Normal(expected), Normal(Run(query)));

    [Theory]
    [InlineData("print s = dynamic([1]) | project (a, b, c, d, e) = series_decompose(s)", "5 names for 4 results")]
    [InlineData("print s = dynamic([1]) | extend series_decompose(s, -1, 'linear')", "knows the trend 'avg', 'linefit', 'none', not 'linear'")]
    [InlineData("print s = dynamic([1]), n = 3 | extend series_decompose(s, n)", "expects a constant number as seasonality")]
    [InlineData("print s = dynamic([1]) | extend series_outliers(s, 'ctukey', real(null), 90, 10)", "expects percentiles from 2 to 98")]
    [InlineData("print s = dynamic([1]) | extend series_periods_detect(s, 0, 10, 100000)", "expects 1 to 1000 as num_periods")]
    [InlineData("print series_decompose('text')", "expects dynamic as series")]
    public void Function_WrongArgument_SaysWhat(string query, string message)
    {
        QueryException error = Assert.Throws<QueryException>(() => Run(query));
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
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
