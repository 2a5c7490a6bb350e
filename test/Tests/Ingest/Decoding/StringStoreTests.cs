using System.Text;
using Bongsu.Core.Vectors;
using Bongsu.Ingest.Decoding;

namespace Bongsu.Tests.Ingest.Decoding;

public sealed class StringStoreTests
{
    // Lengths around what a vector holds, equal beginnings and ends, zeros at the end: all that keys could confuse.
    private static readonly string[] s_values =
    [
        "", "a", "a\0", "a\0\0", "b", "GET", "0123456789abcdef", "0123456789abcdef0", "0123456789abcdef0123456789abcdef",
        "0123456789abcdef0123456789abcde", "0123456789abcdef0123456789abcde\0", "0123456789abcdef0123456789abcdef\0",
        "0123456789abcdef0123456789abcdef0", "0123456789abcdef0123456789abcdeg0", "로그", new('x', 200), new('x', 201),
    ];

    [Fact]
    public void Append_AnyTexts_GivesThemBack()
    {
        var store = new StringStore();
        for (int seed = 0; seed < 60; seed++)
        {
            var random = new Random(seed);
            List<string> expected = [];
            int kinds = random.Next(1, 4);
            int rows = random.Next(0, 3_000);
            for (int row = 0; row < rows; row++)
            {
                string value = random.Next(kinds) == 0
                    ? s_values[random.Next(s_values.Length)]
                    : random.Next(kinds * 1_000).ToString("x" + random.Next(1, 40), provider: null);
                Append(store, Encoding.UTF8.GetBytes(value), asShort: random.Next(2) == 0);
                expected.Add(value);
                if (random.Next(50) == 0)
                {
                    store.RemoveLast();
                    expected.RemoveAt(expected.Count - 1);
                }
            }

            StringVector built = store.Build();
            Assert.Equal(expected, Enumerable.Range(0, expected.Count).Select(row => Encoding.UTF8.GetString(built[row])));
            store.Clear();
        }
    }

    private static void Append(StringStore store, byte[] value, bool asShort)
    {
        if (asShort && value.Length is > 0 and <= ShortText.MaxBytes)
        {
            store.Append(value, ShortText.Of(value));
        }
        else
        {
            store.Append(value);
        }
    }
}
