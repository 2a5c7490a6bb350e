using System.Text;
using Bongsu.Core.Templates;
using Bongsu.Core.Vectors;
using Bongsu.Query.Functions.Matching;

namespace Bongsu.Tests.Query.Functions.Matching;

public sealed class AbsentVariablesTests
{
    private static readonly string[] s_pieces = ["", " ", "=", "time", "out", "timeout", " timeout ", "t", "x", "ut", "http://", "9"];
    private static readonly string[] s_values = ["", "time", "out", "eout", "timeou", "imeout", "a b", "x.y", "결제", "t", "time-out", "TIMEOUT", "my timeout"];

    [Theory]
    [InlineData(false, false, false)]
    [InlineData(true, false, false)]
    [InlineData(true, true, true)]
    [InlineData(true, true, false)]
    [InlineData(false, false, true)]
    public void Mark_VariablesKnownNotToHaveTheNeedle_FindsTheSameRows(bool ignoresCase, bool isTermStart, bool isTermEnd)
    {
        SubstringRule rule = (ignoresCase ? SubstringRule.IgnoreCase : default)
            | (isTermStart ? SubstringRule.TermStart : default)
            | (isTermEnd ? SubstringRule.TermEnd : default);
        var random = new Random(7);
        for (int round = 0; round < 400; round++)
        {
            TemplateText text = Next(random, out string[] plain, out bool mayContain);
            int asked = 0;
            var informed = new TemplateText([text.TemplateAt(0)], text.Codes.ToArray(), text.Length, text.Slot, text.ShapeOf)
            {
                MayVariablesContain = _ => ++asked > 0 && mayContain,
            };
            var matcher = new SubstringMatcher("timeout"u8, rule);
            bool[] hits = new bool[text.Length];
            new TextMarker(matcher).Mark(new StringVector(informed), hits);
            Assert.Equal(plain.Select(row => matcher.Matches(Encoding.UTF8.GetBytes(row))), hits);
            Assert.NotEqual(0, asked);
        }
    }

    private static TemplateText Next(Random random, out string[] plain, out bool mayContain)
    {
        int slotCount = random.Next(1, 4);
        string[] pieces = [.. Enumerable.Range(0, slotCount + 1).Select(_ => s_pieces[random.Next(s_pieces.Length)])];
        int rowCount = random.Next(1, 20);
        string[][] values = [.. Enumerable.Range(0, slotCount).Select(_ =>
            Enumerable.Range(0, rowCount).Select(_ => s_values[random.Next(s_values.Length - (random.Next(3) == 0 ? 0 : 2))]).ToArray())];
        plain = [.. Enumerable.Range(0, rowCount).Select(row =>
            string.Concat(pieces.Select((piece, slot) => piece + (slot < slotCount ? values[slot][row] : ""))))];
        mayContain = values.Any(own => own.Any(value => value.Contains("timeout", StringComparison.OrdinalIgnoreCase)));
        VariableColumn[] columns = Array.ConvertAll(values, own =>
        {
            var texts = new StringVectorBuilder();
            Array.ForEach(own, texts.Append);
            return VariableColumn.OfTexts((StringVector)texts.Build());
        });
        var template = Template.Parse(Encoding.UTF8.GetBytes(string.Join("<*>", pieces)));
        return new TemplateText([template], new int[rowCount], rowCount, [columns]);
    }
}
