using Bongsu.Query;
using Bongsu.Query.Kql;

namespace Bongsu.Tests.Query.Kql;

/// <summary>Whatever the text, compiling gives a plan or a query error whose place is inside the text.</summary>
public sealed class KqlFuzzTests
{
    private static readonly string[] s_seeds =
    [
        "let f = (a:long, T:(x:long, *)) { T | where x > a }; logs | where level has 'a' and timestamp > ago(1h) | summarize count() by bin(timestamp, 5m), level",
        "logs | parse kind=regex flags=Ui message with * 'a=' x:long ',' y | mv-expand kind=array with_itemindex=i tags to typeof(string) limit 3",
        "union withsource=T logs, ['logs-app'], (print x=dynamic({'a':[1,2.5,\"b\",datetime(2020-01-01)]})) | project-reorder a*, T granny-asc",
        "owners | join kind=leftouter (logs | top 5 by count desc nulls last) on $left.service == $right.service, level | render timechart with (title='x')",
        "datatable(a:int, b:string, c:timespan)[1, @'x\\', 1.5h, int(null), ```raw```, time(1.02:03:04.5)] | where a !in (1, 2) and b matches regex '(?i)x' | count",
        "search kind=case_sensitive in (logs, owners) 'a*' and level:'b' or http.status == 500 | sort by timestamp asc | take 0x10",
        "declare query_parameters(n:long = 3, s:string = \"a\"); range x from 1 to n step 1 | extend y = iff(x between (1 .. 2), -x, x % 2), z = toscalar(logs | count)",
        "print a = h'secret' 'joined', b = ~~~x~~~, c = guid(74be27de-1e4e-49d9-b579-fe0b331d3642), d = 1e5, e = 2.5h // comment",
    ];

    private static readonly string[] s_pieces =
    [
        "|", "(", ")", "[", "]", "{", "}", "'", "\"", "`", "~", "!", "..", ".", ",", ";", "=", "==", "*", "-", "\\", "@", "dynamic(", "datetime(", "let ", "by ",
        "on ", "where ", "summarize ", "project ", "in~", "has_any", "between", "$left.", "typeof(", "\0", "\uD800", "한글", "1e999", "0x", "99999999999999999999", "1d", "null", "toscalar(", "union ", "print ",
    ];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Compile_MutatedText_FailsOnlyAsAQueryError(int seed)
    {
        var random = new Random(seed);
        var catalog = new TestCatalog();
        for (int round = 0; round < 1500; round++)
        {
            string text = Mutate(s_seeds[random.Next(s_seeds.Length)], random);
            try
            {
                KqlCompiler.Compile(text, catalog, TestCatalog.Options);
            }
            catch (QueryException error)
            {
                bool isInside = error.Span.Start >= 0 && error.Span.Length >= 0 && error.Span.End <= text.Length;
                Assert.True(isInside, $"seed {seed}, round {round}: {error.Span} of {text.Length}: {error.Message}: {text}");
            }
            catch (Exception error)
            {
                Assert.Fail($"seed {seed}, round {round}: {error.GetType().Name}: {text}\n{error}");
            }
        }
    }

    private static string Mutate(string text, Random random)
    {
        for (int change = random.Next(1, 6); change > 0; change--)
        {
            int at = random.Next(text.Length + 1);
            int length = random.Next(0, Math.Min(12, text.Length - at) + 1);
            text = random.Next(4) switch
            {
                0 => text.Remove(at, length),
                1 => text.Insert(at, s_pieces[random.Next(s_pieces.Length)]),
                2 => text.Insert(at, text.Substring(at, length)),
                _ => text.Remove(at, length).Insert(at, ((char)random.Next(32, 127)).ToString()),
            };
        }

        return text;
    }
}
