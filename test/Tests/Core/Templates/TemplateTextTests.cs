using System.Text;
using Bongsu.Core.Templates;
using Bongsu.Core.Vectors;

namespace Bongsu.Tests.Core.Templates;

/// <summary>Texts as templates and variables: what is written out, and rows collected from several.</summary>
public sealed class TemplateTextTests
{
    [Fact]
    public void Text_SaysTheTemplate()
    {
        Template template = Template.Parse("user=<*> took <*>ms"u8);
        Assert.Equal(2, template.SlotCount);
        Assert.Equal("user=", Encoding.UTF8.GetString(template.Piece(0)));
        Assert.Equal(" took ", Encoding.UTF8.GetString(template.Piece(1)));
        Assert.Equal("ms", Encoding.UTF8.GetString(template.Piece(2)));
        Assert.Equal(13, template.PieceBytes);
        Assert.Equal((1, 0), (Template.Any.SlotCount, Template.Any.PieceBytes));
        Assert.Equal(0, Template.Parse(""u8).SlotCount);
        Assert.Equal(2, Template.Parse("<*><*>"u8).SlotCount);
    }

    // Stored ids must mean the same for ever.
    [Fact]
    public void Id_IsFrozen() => Assert.Equal(12060930377300838891UL, Template.Parse("user=<*> took <*>ms"u8).Id);

    [Theory]
    [InlineData("0", VariableKind.Integer, 0)]
    [InlineData("-17", VariableKind.Integer, 0)]
    [InlineData("999999999999999999", VariableKind.Integer, 0)]
    [InlineData("9999999999999999999", VariableKind.Text, 0)]
    [InlineData("-0", VariableKind.Text, 0)]
    [InlineData("+1", VariableKind.Text, 0)]
    [InlineData("007", VariableKind.Padded, 3)]
    [InlineData("22:15:29", VariableKind.Time, 0)]
    [InlineData("00:00:00.008", VariableKind.Time, 3)]
    [InlineData("0:28:7", VariableKind.Time, 32)]
    [InlineData("15.42.50.675872", VariableKind.Time, 16 + 6)]
    [InlineData("24:00:00", VariableKind.Text, 0)]
    [InlineData("0:28:07", VariableKind.Text, 0)]
    [InlineData("15.42.50", VariableKind.Text, 0)]
    [InlineData("0000000000000000007", VariableKind.Text, 0)]
    [InlineData("0.50", VariableKind.Decimal, 2)]
    [InlineData("-0.05", VariableKind.Decimal, 2)]
    [InlineData("-0.00", VariableKind.Text, 0)]
    [InlineData("01.5", VariableKind.Text, 0)]
    [InlineData(".5", VariableKind.Text, 0)]
    [InlineData("5.", VariableKind.Text, 0)]
    [InlineData("1.2.3", VariableKind.Text, 0)]
    [InlineData("10.0.0.255", VariableKind.Ipv4, 0)]
    [InlineData("10.0.0.256", VariableKind.Text, 0)]
    [InlineData("10.0.00.1", VariableKind.Text, 0)]
    [InlineData("10.0.0.1.", VariableKind.Text, 0)]
    [InlineData("00000000deadbeef", VariableKind.Hex, 16)]
    [InlineData("00000000deadbeef0", VariableKind.Text, 0)]
    [InlineData("DEADBEEF", VariableKind.Text, 0)]
    [InlineData("a", VariableKind.Text, 0)]
    [InlineData("", VariableKind.Text, 0)]
    public void KindOf_TakesOnlyTextsThatComeBack(string text, VariableKind kind, int digits)
    {
        byte[] utf8 = Encoding.UTF8.GetBytes(text);
        Assert.Equal((kind, digits), (VariableText.KindOf(utf8, out int found), found));
    }

    [Fact]
    public void Numbers_ComeBackByteForByte()
    {
        var random = new Random(7);
        Span<byte> room = stackalloc byte[VariableText.MaxNumberBytes];
        const string Alphabet = "0123456789.-abcdef0199..";
        for (int round = 0; round < 200_000; round++)
        {
            string text = string.Concat(Enumerable.Range(0, random.Next(1, 20)).Select(_ => Alphabet[random.Next(Alphabet.Length)]));
            byte[] utf8 = Encoding.ASCII.GetBytes(text);
            VariableKind kind = VariableText.KindOf(utf8, out int digits);
            if (kind != VariableKind.Text)
            {
                Assert.True(VariableText.TryParse(kind, digits, utf8, out long number), text);
                Assert.Equal(text, Encoding.ASCII.GetString(room[..VariableText.Format(kind, digits, number, room)]));
                Assert.Equal(text.Length, TextLengths.Sum(kind, digits, [number]));
            }
        }
    }

    [Fact]
    public void DigitsOf_EveryPowerOfTenAndItsNeighbours()
    {
        for (ulong power = 1; ; power *= 10)
        {
            foreach (ulong value in new[] { power - 1, power, power + 1 })
            {
                Assert.Equal(value.ToString(System.Globalization.CultureInfo.InvariantCulture).Length, VariableText.DigitsOf(value));
            }

            if (power > ulong.MaxValue / 10)
            {
                break;
            }
        }

        Assert.Equal(20, VariableText.DigitsOf(ulong.MaxValue));
    }

    [Fact]
    public void Render_GivesEveryByte()
    {
        var random = new Random(11);
        for (int round = 0; round < 50; round++)
        {
            (TemplateText text, string[] expected) = TemplateTexts.Make(random, random.Next(0, 300));
            AssertRows(expected, text.Render());
        }
    }

    [Fact]
    public void Gather_OfSeveral_GivesTheirRows()
    {
        var random = new Random(12);
        for (int round = 0; round < 50; round++)
        {
            (TemplateText Text, string[] Rows)[] all = [.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => TemplateTexts.Make(random, random.Next(1, 200)))];
            int count = random.Next(0, 400);
            int[] sources = [.. Enumerable.Range(0, count).Select(_ => random.Next(all.Length))];
            int[] rows = [.. sources.Select(source => random.Next(all[source].Rows.Length))];
            TemplateText gathered = TemplateText.Gather([.. all.Select(text => text.Text)], sources, rows);
            string[] expected = [.. sources.Zip(rows, (source, row) => all[source].Rows[row])];
            AssertRows(expected, gathered.Render());
            AssertRows(expected, gathered.LoadAll().Render());
            int[] again = [.. Enumerable.Range(0, count / 2).Select(_ => random.Next(count))];
            AssertRows([.. again.Select(row => expected[row])], gathered.Gather(again).Render());
        }
    }

    [Fact]
    public void Gather_OfRuns_GivesTheirRows()
    {
        var random = new Random(15);
        for (int round = 0; round < 100; round++)
        {
            (TemplateText Text, string[] Rows)[] all = [.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => TemplateTexts.Make(random, random.Next(1, 400)))];
            int longest = round % 2 == 0 ? 300 : 20;
            RowRun[] runs = [.. Enumerable.Range(0, random.Next(1, 8)).Select(_ =>
            {
                int source = random.Next(all.Length);
                int start = random.Next(all[source].Rows.Length);
                return new RowRun(source, start, random.Next(1, Math.Min(longest, all[source].Rows.Length - start) + 1));
            })];
            string[] expected = [.. runs.SelectMany(run => all[run.Source].Rows.Skip(run.Start).Take(run.Count))];
            StringVector[] vectors = [.. all.Select(text => new StringVector(text.Text))];
            StringVector gathered = StringRunGather.Gather(vectors, runs, expected.Length, arrays: null);
            AssertRows(expected, gathered.Templates!.Render());
            AssertRows(expected, TemplateRuns.Gather([.. all.Select(text => text.Text)], runs, expected.Length).Render());
            int[] mixed = [.. Enumerable.Range(0, expected.Length).Select(_ => random.Next(expected.Length))];
            AssertRows([.. mixed.Select(row => expected[row])], gathered.Templates.Gather(mixed).Render());
        }
    }

    [Fact]
    public void Gather_OfFewRows_GivesThoseRows()
    {
        var random = new Random(14);
        for (int round = 0; round < 50; round++)
        {
            (TemplateText text, string[] expected) = TemplateTexts.Make(random, random.Next(400, 3000));
            int[] rows = [.. Enumerable.Range(0, random.Next(0, 20)).Select(_ => random.Next(expected.Length))];
            rows = [.. rows, .. rows.Take(2)];
            Assert.True(text.IsFew(rows.Length));
            if (round % 2 == 1)
            {
                AssertRows(expected, text.Gather([.. Enumerable.Range(0, expected.Length)]).Render());
            }

            TemplateText few = text.Gather(rows);
            AssertRows([.. rows.Select(row => expected[row])], few.Render());
            Assert.True(few.TemplateCount <= rows.Length);
            AssertRows([.. rows.Reverse().Select(row => expected[row])], few.Gather([.. Enumerable.Range(0, rows.Length).Reverse()]).Render());
        }
    }

    [Fact]
    public void StringVector_IsPlainTextToWhoeverAsks()
    {
        (TemplateText text, string[] expected) = TemplateTexts.Make(new Random(13), 100);
        var vector = new StringVector(text);
        Assert.False(vector.IsDictionary);
        var gathered = (StringVector)vector.Gather([5, 5, 0]);
        Assert.NotNull(gathered.Templates);
        Assert.Equal(expected[5], gathered.GetString(1));
        StringVector mixed = StringGather.Gather([vector, StringVector.Of("plain", "<*>"), StringVector.Constant("c"u8, 3)], [0, 1, 2, 1], [9, 1, 2, 0]);
        Assert.Equal([expected[9], "<*>", "c", "plain"], Enumerable.Range(0, 4).Select(mixed.GetString));
    }

    private static void AssertRows(string[] expected, Utf8Values actual)
    {
        Assert.Equal(expected.Length, actual.Count);
        for (int row = 0; row < expected.Length; row++)
        {
            Assert.Equal(expected[row], Encoding.UTF8.GetString(actual[row]));
        }
    }
}
