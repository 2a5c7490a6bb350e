using System.Globalization;
using System.Text;
using Bongsu.Core.Templates;
using Bongsu.Core.Vectors;

namespace Bongsu.Tests.Core.Templates;

/// <summary>Random templated texts and what they say.</summary>
internal static class TemplateTexts
{
    private static readonly string[] s_templates =
    [
        "<*>", "", "started", "user=<*>", "user=<*> took <*>ms status=<*>", "<*><*>", "결제 <*>건 실패: <*>", "<*> from <*> id=<*> ip=<*>\n\tat x",
    ];

    public static (TemplateText Text, string[] Rows) Make(Random random, int length)
    {
        Template[] templates = [.. s_templates.Select(text => Template.Parse(Encoding.UTF8.GetBytes(text)))];
        int[] codes = [.. Enumerable.Range(0, length).Select(_ => random.Next(templates.Length))];
        var slots = new VariableColumn[templates.Length][];
        var texts = new string[templates.Length][][];
        for (int template = 0; template < templates.Length; template++)
        {
            int count = codes.Count(code => code == template);
            slots[template] = new VariableColumn[templates[template].SlotCount];
            texts[template] = new string[slots[template].Length][];
            for (int slot = 0; slot < slots[template].Length; slot++)
            {
                (slots[template][slot], texts[template][slot]) = MakeSlot(random, count);
            }
        }

        int[] next = new int[templates.Length];
        string[] rows = new string[length];
        for (int row = 0; row < length; row++)
        {
            string[] pieces = s_templates[codes[row]].Split("<*>");
            var text = new StringBuilder(pieces[0]);
            for (int slot = 0; slot + 1 < pieces.Length; slot++)
            {
                text.Append(texts[codes[row]][slot][next[codes[row]]]).Append(pieces[slot + 1]);
            }

            next[codes[row]]++;
            rows[row] = text.ToString();
        }

        return (new TemplateText(templates, codes, length, slots), rows);
    }

    private static (VariableColumn Column, string[] Texts) MakeSlot(Random random, int count)
    {
        long[] numbers = [.. Enumerable.Range(0, count).Select(_ => random.NextInt64(-100_000, 100_000))];
        switch (random.Next(6))
        {
            case 0:
                return (VariableColumn.OfNumbers(VariableKind.Integer, 0, numbers, count),
                    Array.ConvertAll(numbers, number => number.ToString(CultureInfo.InvariantCulture)));
            case 1:
                return (VariableColumn.OfNumbers(VariableKind.Decimal, 2, numbers, count),
                    Array.ConvertAll(numbers, number => (number / 100m).ToString("F2", CultureInfo.InvariantCulture)));
            case 2:
                return (VariableColumn.OfNumbers(VariableKind.Hex, 16, numbers, count), Array.ConvertAll(numbers, number => number.ToString("x16", CultureInfo.InvariantCulture)));
            case 3:
                numbers = Array.ConvertAll(numbers, number => (long)(uint)(number * 99_991));
                return (VariableColumn.OfNumbers(VariableKind.Ipv4, 0, numbers, count),
                    Array.ConvertAll(numbers, number => $"{number >> 24}.{(number >> 16) & 255}.{(number >> 8) & 255}.{number & 255}"));
            case 4:
                string[] few = Array.ConvertAll(numbers, number => number % 3 == 0 ? "" : number % 3 == 1 ? "가나다" : "<*>");
                string[] entries = ["", "가나다", "<*>"];
                return (VariableColumn.OfTexts(new StringVector(
                    StringVector.Of(entries).Values, Array.ConvertAll(few, text => Array.IndexOf(entries, text)), count)), few);
            default:
                string[] texts = Array.ConvertAll(numbers, number => new string((char)('a' + Math.Abs(number % 26)), (int)(Math.Abs(number) % 40)));
                return (VariableColumn.OfTexts(StringVector.Of(texts)), texts);
        }
    }
}
