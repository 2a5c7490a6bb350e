using Bongsu.Query;
using Bongsu.Query.Kql;

namespace Bongsu.Tests.Query.Kql;

public sealed class KqlErrorTests
{
    [Theory]
    [InlineData("logs | wher level == 'a'", "syntax", "unknown operator 'wher'", 7, 4, "where")]
    [InlineData("logs | where levl == 'a'", "unknown_name", "unknown name 'levl'", 13, 4, "level")]
    [InlineData("lgos | take 1", "unknown_table", "unknown table 'lgos'", 0, 4, "logs")]
    [InlineData("logs | project tostrin(level)", "unknown_function", "unknown function 'tostrin'", 15, 7, "tostring")]
    [InlineData("logs | where", "syntax", "expected an expression, met the end of the query", 12, 0, null)]
    [InlineData("logs | where level == ", "syntax", "expected an expression, met the end of the query", 22, 0, null)]
    [InlineData("logs | where (level == 'a'", "syntax", "expected ')', met the end of the query", 26, 0, null)]
    [InlineData("logs | where level = 'a'", "syntax", "expected '|' or the end of the query, met '='", 19, 1, null)]
    [InlineData("logs | where level == 'a", "syntax", "the string has no closing '", 22, 2, null)]
    [InlineData("logs | where level == \"\\q\"", "syntax", "unknown escape '\\q' in a string; write '\\\\' for a backslash, or @\"…\" for text without escapes", 23, 2, null)]
    [InlineData("logs | sort level", "syntax", "expected 'by', met 'level'", 12, 5, null)]
    [InlineData("logs | where count", "type", "expected a bool, met a long; use tobool(…)", 13, 5, null)]
    [InlineData("logs | take 'a'", "type", "the number of rows must be an integer that is not negative", 12, 3, null)]
    [InlineData("logs | where http == 1", "unknown_name", "there is no column 'http', only columns below it: http.status, http.path", 13, 4, "http.status")]
    [InlineData("logs | make-series count() on timestamp step 1h", "unsupported", "the operator 'make-series' is not supported yet", 7, 11, null)]
    [InlineData("logs | evaluate autocluster()", "unsupported", "the operator 'evaluate' is not supported yet", 7, 8, null)]
    [InlineData("logs | join owners on nope", "unknown_name", "unknown name 'nope'", 22, 4, null)]
    [InlineData("logs | join kind=iner owners on service", "argument", "unknown kind of join 'iner'", 7, 4, "inner")]
    [InlineData("logs | project a=1, a=2", "name", "column 'a' is given twice; write a2 = … for one of them", 20, 1, null)]
    [InlineData("logs | where max(count) > 1", "argument", "the aggregate max() can stand in summarize only", 13, 3, null)]
    [InlineData("print x = datetime(2020-13-45)", "syntax", "'2020-13-45' is not a datetime", 19, 10, null)]
    [InlineData("print dynamic([1, })", "syntax", "expected a JSON value in a dynamic literal, met '}'", 18, 1, null)]
    [InlineData("datatable(a:long, b:strin)[]", "syntax", "expected a type, met 'strin'", 20, 5, "string")]
    [InlineData("datatable(a:long, b:string)[1]", "argument", "1 values do not fill rows of 2 columns", 0, 9, null)]
    [InlineData("declare query_parameters(n:long); print n", "argument", "the parameter 'n' was given no value and has no default", 25, 1, null)]
    [InlineData("let a = 1; let a = 2; print a", "name", "'a' is defined twice", 15, 1, null)]
    [InlineData("database('x').logs | count", "unsupported", "tables of another database or cluster cannot be read; name the table alone", 0, 18, null)]
    [InlineData("", "syntax", "there is no query; it begins with a table, for instance: logs | take 10", 0, 0, null)]
    public void Compile_WrongQuery_SaysWhatAndWhere(string query, string code, string message, int start, int length, string? suggestion)
    {
        QueryException error = Assert.Throws<QueryException>(() => KqlCompiler.Compile(query, new TestCatalog(), TestCatalog.Options));

        Assert.Equal((code, message, new TextSpan(start, length), suggestion), (error.Code, error.Message, error.Span, error.Suggestion));
    }

    [Fact]
    public void Compile_DeepNesting_IsRefused()
    {
        string query = "print " + new string('(', 100_000) + "1" + new string(')', 100_000);

        QueryException error = Assert.Throws<QueryException>(() => KqlCompiler.Compile(query, new TestCatalog(), TestCatalog.Options));

        Assert.Equal("limit", error.Code);
    }

    [Fact]
    public void Compile_FunctionsThatDoubleEachOther_AreRefused()
    {
        string query = "let f0 = () { 1 };" + string.Concat(Enumerable.Range(1, 30).Select(i => $"let f{i} = () {{ f{i - 1}() + f{i - 1}() }};")) + "print f30()";

        QueryException error = Assert.Throws<QueryException>(() => KqlCompiler.Compile(query, new TestCatalog(), TestCatalog.Options));

        Assert.Equal("limit", error.Code);
    }

    [Theory]
    [InlineData("let f = (a:real) { a + a + a + a + a + a + a + a }; print f(f(f(f(f(f(f(f(rand()))))))))")]
    [InlineData("let t0 = print x=1; let t1 = union t0, t0, t0, t0; let t2 = union t1, t1, t1, t1; let t3 = union t2, t2, t2, t2; let t4 = union t3, t3, t3, t3; let t5 = union t4, t4, t4, t4; let t6 = union t5, t5, t5, t5; union t6, t6")]
    public void Compile_ShortTextsOfVastPlans_AreRefused(string query)
    {
        QueryException error = Assert.Throws<QueryException>(() => KqlCompiler.Compile(query, new TestCatalog(), TestCatalog.Options));

        Assert.Equal("limit", error.Code);
    }

    [Fact]
    public void Compile_PipelineOfThousandsOfOperators_IsRefused()
    {
        string query = "logs" + string.Concat(Enumerable.Repeat(" | where level == 'a'", 20_000));

        QueryException error = Assert.Throws<QueryException>(() => KqlCompiler.Compile(query, new TestCatalog(), TestCatalog.Options));

        Assert.Equal("limit", error.Code);
    }

    [Fact]
    public void Compile_ManyConditions_AreFine()
    {
        string query = "logs | where " + string.Join(" or ", Enumerable.Range(0, 5000).Select(i => $"level == 'l{i}'"));

        Assert.NotNull(KqlCompiler.Compile(query, new TestCatalog(), TestCatalog.Options));
    }
}
