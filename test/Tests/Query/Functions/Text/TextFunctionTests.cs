using Bongsu.Core.Types;
using Bongsu.Core.Vectors;
using Bongsu.Query.Functions;

namespace Bongsu.Tests.Query.Functions.Text;

public sealed class TextFunctionTests
{
    [Theory]
    [InlineData("indexof('abcdefg', 'cde', 1, 2) => -1")]
    [InlineData("indexof('abcdefg', 'cde', -5) => 2")]
    [InlineData("indexof('abcdefgabcdefg', 'cde', 1, 10, 2) => 9")]
    [InlineData("indexof('abcdefgabcdefg', 'cde', 1, -1, 3) => -1")]
    [InlineData("indexof(1234567, 5, 1, 4) => 4")]
    [InlineData("substring('abc', 10, 5) => ''")]
    [InlineData("substring('123456', -2, 2) => '56'")]
    [InlineData("substring('abc', 1, 20) => 'bc'")]
    [InlineData("split('aa||bb', '|') => dyn([\"aa\",\"\",\"bb\"])")]
    [InlineData("split('aaa_bbb', '_', 1) => dyn([\"bbb\"])")]
    [InlineData("split('aaa_bbb', '_', 9) => null(dynamic)")]
    [InlineData("split('abc', '') => dyn([\"abc\"])")]
    [InlineData("replace_string('abc', '', 'x') => 'abc'")]
    [InlineData("replace_strings('This is an example', dyn([\"is\",\"This\"]), dyn([\"was\",\"This\"])) => 'Thwas was an example'")]
    [InlineData("translate('abc', 'x', 'abc') => 'xxx'")]
    [InlineData("translate('abc', '', 'xabc') => 'x'")]
    [InlineData("strrep('ab', -1) => ''")]
    [InlineData("strlen('𝒳é') => 2")]
    [InlineData("toupper('straße ſé') => 'STRAßE ſÉ'")]
    [InlineData("strcat_delim('', 1, null(long), 'a') => '1a'")]
    [InlineData("parse_csv('') => dyn([\"\"])")]
    [InlineData("parse_csv('a,\"b \"\"q\"\"\",') => dyn([\"a\",\"b \\\"q\\\"\",\"\"])")]
    [InlineData("parse_version('1') => dec(1000000000000000000000000)")]
    [InlineData("parse_version('1.x') => null(decimal)")]
    [InlineData("parse_version('1.2.3.4.5') => null(decimal)")]
    [InlineData("format_bytes(564) => '564 B'")]
    [InlineData("format_bytes(20010332, 0, 'KB') => '19541 KB'")]
    [InlineData("parse_command_line('a \"b\\\\\" c', 'windows') => dyn([\"a\",\"b\\\\\",\"c\"])")]
    [InlineData("parse_path('C:\\temp\\file.txt') => dyn({\"Scheme\":\"\",\"RootPath\":\"C:\",\"DirectoryPath\":\"C:\\\\temp\",\"DirectoryName\":\"temp\",\"Filename\":\"file.txt\",\"Extension\":\"txt\",\"AlternateDataStreamName\":\"\"})")]
    [InlineData("parse_path('file://C:/temp/file.txt:some.exe') => dyn({\"Scheme\":\"file\",\"RootPath\":\"C:\",\"DirectoryPath\":\"C:/temp\",\"DirectoryName\":\"temp\",\"Filename\":\"file.txt\",\"Extension\":\"txt\",\"AlternateDataStreamName\":\"some.exe\"})")]
    [InlineData("make_string(75, dyn([117, -1]), 115) => 'Kus'")]
    public void Rows(string row) => FunctionCase.Check(row);

    [Theory]
    [InlineData("strlen", "long", "strlen() expects string as source, got long: strlen(source:string) -> long")]
    public void WrongType_NamesTheParameter(string function, string type, string message)
    {
        Assert.True(ScalarTypes.TryParse(type, out ScalarType parsed));
        var error = Assert.Throws<FunctionException>(() => FunctionRegistry.FindScalar(function)!.Bind([new(parsed, null, null)]));
        Assert.Equal(message, error.Message);
        Assert.Equal(0, error.ArgumentIndex);
    }

    [Fact]
    public void WrongCount_SaysHowMany()
    {
        var error = Assert.Throws<FunctionException>(() => FunctionRegistry.FindScalar("substring")!.Bind([]));
        Assert.Equal("substring() takes 2 to 3 arguments, got 0: substring(source:text, start:long, length:long?) -> string", error.Message);
    }

    [Fact]
    public void DictionaryCodedText_GivesDictionaryCodedResult()
    {
        var text = new StringVector(StringVector.Of("Ab", "cD").Values, [1, 0, 1, 1], 4);
        ScalarKernel kernel = FunctionRegistry.FindScalar("tolower")!.Bind([new(ScalarType.String, null, null)]);
        var lower = (StringVector)kernel.Evaluate([text], 4, new EvaluationContext(0, CancellationToken.None));
        Assert.True(lower.IsDictionary);
        Assert.Equal(["cd", "ab", "cd", "cd"], Enumerable.Range(0, 4).Select(lower.GetString));
    }
}
