using System.Globalization;
using Bongsu.Core.Templates;
using Bongsu.Core.Text;
using Bongsu.Core.Types;
using Bongsu.Core.Vectors;
using Bongsu.Query.Functions;
using Bongsu.Query.Kql.Patterns;
using Bongsu.Query.Kql.Syntax;

namespace Bongsu.Tests.Query.Functions.Matching;

public sealed class CandidateRowsTests
{
    private static readonly EvaluationContext s_context = new(0, CancellationToken.None);

    [Theory]
    [InlineData("extract", @"user=(\d+)", 1)]
    [InlineData("extract", @"took (\d+)ms", 0)]
    [InlineData("extract", "nowhere", 0)]
    [InlineData("extract", "e", 0)]
    [InlineData("extract", "(", 0)]
    [InlineData("extract_all", @"(\d)(\d)", 0)]
    public void Extract_TemplatedText_AsOfPlainText(string name, string pattern, long group)
    {
        StringVector plain = Messages();
        ScalarFunction function = FunctionRegistry.FindScalar(name)!;
        bool isAll = name == "extract_all";
        var patternArgument = new ScalarArgument(ScalarType.String, Scalar.Of(pattern), null);
        var groupArgument = new ScalarArgument(ScalarType.Long, Scalar.Of(group), null);
        var text = new ScalarArgument(ScalarType.String, null, "message");
        if (pattern == "(")
        {
            Assert.Throws<FunctionException>(() => function.Bind([patternArgument, groupArgument, text]));
            return;
        }

        ScalarKernel kernel = function.Bind(isAll ? [patternArgument, text] : [patternArgument, groupArgument, text]);
        Vector Evaluate(StringVector source)
        {
            Vector pattern = Vector.Constant(patternArgument.Constant!.Value, source.Length);
            Vector group = Vector.Constant(groupArgument.Constant!.Value, source.Length);
            return kernel.Evaluate(isAll ? [pattern, source] : [pattern, group, source], source.Length, s_context);
        }

        AssertEqual(Evaluate(plain), Evaluate(Templated(plain)));
    }

    [Theory]
    [InlineData("user=", " logged in")]
    [InlineData("took ", "ms at")]
    [InlineData("no", "where")]
    [InlineData("결제 ", "건")]
    public void Parse_TemplatedText_AsOfPlainText(string before, string after)
    {
        var column = new NameSyntax("value", false, default);
        ParsePieceSyntax[] pieces =
        [
            new(null, null, null, default), new(before, null, null, default), new(null, column, ScalarType.Long, default),
            new(after, null, null, default), new(null, null, null, default),
        ];
        var parser = new LiteralPatternParser(pieces, isRelaxed: false);
        StringVector plain = Messages();
        var expected = new Bitmap(plain.Length);
        var actual = new Bitmap(plain.Length);
        Vector[] expectedColumns = parser.Parse(plain, expected);
        AssertEqual(expectedColumns[0], parser.Parse(Templated(plain), actual)[0]);
        Assert.Equal(expected.Words.ToArray(), actual.Words.ToArray());
    }

    private static StringVector Templated(StringVector plain) => new(new TemplateMiner().Split(plain));

    private static StringVector Messages()
    {
        var random = new Random(5);
        return StringVector.Of([.. Enumerable.Range(0, 300).Select(row => (row % 4) switch
        {
            0 => $"user={random.Next(1000)} logged in",
            1 => string.Create(CultureInfo.InvariantCulture, $"took {random.Next(100)}ms at node{random.Next(9)}"),
            2 => $"결제 {random.Next(-3, 5)}건 실패 user=x",
            _ => "disk full",
        })]);
    }

    private static void AssertEqual(Vector expected, Vector actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int row = 0; row < expected.Length; row++)
        {
            Assert.Equal(expected.IsNull(row), actual.IsNull(row));
            Assert.Equal(ScalarText.Format(expected.GetScalar(row)), ScalarText.Format(actual.GetScalar(row)));
        }
    }
}
