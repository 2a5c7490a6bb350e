using System.Text;
using Bongsu.Core.Vectors;

namespace Bongsu.Tests.Core.Vectors;

public sealed class SharedDictionaryTests
{
    [Fact]
    public void Find_ByText_GivesTheCodeOfWhatIsThere()
    {
        byte[] bytes = new byte[16 * 40];
        new Random(3).NextBytes(bytes.AsSpan(16));
        var dictionary = new SharedDictionary(IdentifierForm.Hex, 16, bytes, 40, emptyCode: 0);
        Span<byte> text = stackalloc byte[32];
        for (int code = 1; code < 40; code++)
        {
            Assert.Equal(32, dictionary.Format(code, text));
            Assert.Equal(code, dictionary.Find(text));
            Assert.Equal(code, dictionary.Find(text));
        }

        Assert.Equal(0, dictionary.Find(""u8));
        Assert.Equal(0, dictionary.Format(0, text));
        Assert.Equal(-1, dictionary.Find("00000000000000000000000000000000"u8));
        Assert.Equal(-1, dictionary.Find("no identifier"u8));
    }

    [Fact]
    public void Gather_KeepsTheFormAndTheText()
    {
        byte[] bytes = [10, 0, 0, 1, 10, 0, 0, 2, 0, 0, 0, 0];
        var dictionary = new SharedDictionary(IdentifierForm.Ipv4, 4, bytes, 3, emptyCode: 2);
        var vector = new StringVector(dictionary, [0, 1, 2, 1], 4);
        var other = new StringVector(dictionary, [1], 1);
        Assert.False(vector.IsDictionary);
        Assert.Equal(["10.0.0.1", "10.0.0.2", "", "10.0.0.2"], Texts(vector));
        var gathered = (StringVector)vector.Gather([3, 0]);
        Assert.Same(dictionary, gathered.Shared);
        Assert.Equal(["10.0.0.2", "10.0.0.1"], Texts(gathered));
        StringVector joined = StringGather.Gather([vector, other], [0, 1, 0], [2, 0, 0]);
        Assert.Same(dictionary, joined.Shared);
        Assert.Equal(["", "10.0.0.2", "10.0.0.1"], Texts(joined));
        StringVector mixed = StringGather.Gather([vector, StringVector.Of("x")], [0, 1], [0, 0]);
        Assert.Null(mixed.Shared);
        Assert.Equal(["10.0.0.1", "x"], Texts(mixed));
    }

    private static string[] Texts(StringVector vector) =>
        [.. Enumerable.Range(0, vector.Length).Select(row => Encoding.UTF8.GetString(vector[row]))];
}
