using System.Text.Unicode;
using Bongsu.Core.Templates;
using Bongsu.Core.Vectors;

namespace Bongsu.Store.Terms;

/// <summary>The terms and n-grams of templated text, from pieces and variables: no row is written out unless variables
/// touch each other.</summary>
internal static class TemplateTerms
{
    private const int Digits = 10;
    private const int HexDigits = 16;

    /// <summary>Gives a sink the terms and n-grams of text variables, with the letters they touch.</summary>
    /// <returns>False where a variable is cut inside a code point.</returns>
    public static bool ScanTexts<TSink>(TemplateText text, ref TSink sink)
        where TSink : struct, ITermSink, allows ref struct
    {
        bool areWhole = true;
        for (int template = 0; template < text.TemplateCount; template++)
        {
            if (text.RowsOf(template).IsEmpty)
            {
                continue;
            }

            Template shape = text.TemplateAt(template);
            bool areApart = AreSlotsApart(shape);
            if (!areApart)
            {
                ScanRows(text, template, ref sink);
            }

            for (int slot = 0; slot < shape.SlotCount; slot++)
            {
                if (text.Slot(template, slot) is { Kind: VariableKind.Text } variables)
                {
                    areWhole &= variables.Texts.Values.AreWholeCodePoints();
                    if (areApart)
                    {
                        ScanTexts(variables.Texts, LeftOf(shape, slot), RightOf(shape, slot), ref sink);
                    }
                }
            }
        }

        return areWhole;
    }

    /// <summary>Gives a sink the terms and n-grams of pieces, and those of numbers that are held.</summary>
    /// <returns>What is to be known of numbers.</returns>
    public static NumberTerms ScanOthers<TSink>(TemplateText text, ref TSink sink)
        where TSink : struct, ITermSink, allows ref struct
    {
        var numbers = default(NumberTerms);
        for (int template = 0; template < text.TemplateCount; template++)
        {
            Template shape = text.TemplateAt(template);
            if (text.RowsOf(template).IsEmpty || !AreSlotsApart(shape))
            {
                continue;
            }

            for (int piece = 0; piece <= shape.SlotCount; piece++)
            {
                TermScanner.Scan(shape.Piece(piece), ref sink);
            }

            for (int slot = 0; slot < shape.SlotCount; slot++)
            {
                numbers = ScanNumbers(text.Slot(template, slot), LeftOf(shape, slot), RightOf(shape, slot), numbers, ref sink);
            }
        }

        return numbers;
    }

    // The letters that a slot touches.
    private static ReadOnlySpan<byte> LeftOf(Template template, int slot) => TermScanner.RunAtEnd(template.Piece(slot));

    private static ReadOnlySpan<byte> RightOf(Template template, int slot) => TermScanner.RunAtStart(template.Piece(slot + 1));

    // Each term has at most one variable in it, and every piece is whole code points.
    private static bool AreSlotsApart(Template template)
    {
        for (int piece = 0; piece <= template.SlotCount; piece++)
        {
            ReadOnlySpan<byte> bytes = template.Piece(piece);
            bool isBetween = piece > 0 && piece < template.SlotCount;
            if (!Utf8.IsValid(bytes) || (isBetween && TermScanner.RunAtStart(bytes).Length == bytes.Length))
            {
                return false;
            }
        }

        return true;
    }

    private static NumberTerms ScanNumbers<TSink>(
        VariableColumn variables,
        ReadOnlySpan<byte> left,
        ReadOnlySpan<byte> right,
        NumberTerms numbers,
        ref TSink sink)
        where TSink : struct, ITermSink, allows ref struct
    {
        bool isAlone = left.IsEmpty && right.IsEmpty;
        bool isHex = variables.Kind == VariableKind.Hex;
        if (variables.Kind == VariableKind.Text)
        {
            return numbers;
        }

        if (!isAlone)
        {
            SetJoined(left, right, isHex ? HexDigits : Digits, ref sink);

            // Digits behind a sign or a point may still be a term of their own: the 12 of "12.5ms".
            NumberTermKinds joined = isHex ? NumberTermKinds.JoinedHex : NumberTermKinds.JoinedDigits | NumberTermKinds.Digits;
            return numbers with { Kinds = numbers.Kinds | joined };
        }

        if (!isHex)
        {
            return numbers with { Kinds = numbers.Kinds | NumberTermKinds.Digits };
        }

        if (variables.Digits >= NumberTerms.MinHeldDigits)
        {
            foreach (long number in variables.Numbers)
            {
                sink.Term(TermScanner.HashOfHex(number, variables.Digits), default, touchesStart: false, touchesEnd: false);
            }
        }

        return numbers with { HexWidths = numbers.HexWidths | (1 << variables.Digits) };
    }

    private static void ScanTexts<TSink>(StringVector texts, ReadOnlySpan<byte> left, ReadOnlySpan<byte> right, ref TSink sink)
        where TSink : struct, ITermSink, allows ref struct
    {
        Utf8Values values = texts.Values;
        bool[]? isUsed = texts.IsDictionary ? UsedEntries(texts) : null;
        byte[] joined = [];
        for (int value = 0; value < values.Count; value++)
        {
            if (isUsed is not null && !isUsed[value])
            {
                continue;
            }

            ReadOnlySpan<byte> text = values[value];
            int length = left.Length + text.Length + right.Length;
            if (length > text.Length)
            {
                joined = joined.Length < length ? new byte[2 * length] : joined;
                left.CopyTo(joined);
                text.CopyTo(joined.AsSpan(left.Length));
                right.CopyTo(joined.AsSpan(left.Length + text.Length));
                text = joined.AsSpan(0, length);
            }

            TermScanner.Scan(text, ref sink);
        }
    }

    // Blocks that are cut together share their dictionary.
    private static bool[] UsedEntries(StringVector texts)
    {
        bool[] isUsed = new bool[texts.Values.Count];
        foreach (int code in texts.Codes)
        {
            isUsed[code] = true;
        }

        return isUsed;
    }

    // All trigrams that any digits between the given letters can make.
    private static void SetJoined<TSink>(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right, int alphabet, ref TSink sink)
        where TSink : struct, ITermSink, allows ref struct
    {
        int before = left.IsEmpty ? 0 : TermScanner.AsciiCode(left[^1]);
        int twoBefore = before == 0 || left.Length < 2 ? 0 : TermScanner.AsciiCode(left[^2]);
        int after = right.IsEmpty ? 0 : TermScanner.AsciiCode(right[0]);
        int twoAfter = after == 0 || right.Length < 2 ? 0 : TermScanner.AsciiCode(right[1]);
        Range digits = 1..(alphabet + 1);
        SetAll(digits, digits, digits, ref sink);
        SetAll(One(before), digits, digits, ref sink);
        SetAll(One(twoBefore), One(before), digits, ref sink);
        SetAll(digits, digits, One(after), ref sink);
        SetAll(digits, One(after), One(twoAfter), ref sink);
        SetAll(One(before), digits, One(after), ref sink);
    }

    // No code where there is none.
    private static Range One(int code) => code == 0 ? 0..0 : code..(code + 1);

    private static void SetAll<TSink>(Range first, Range second, Range third, ref TSink sink)
        where TSink : struct, ITermSink, allows ref struct
    {
        for (int one = first.Start.Value; one < first.End.Value; one++)
        {
            for (int two = second.Start.Value; two < second.End.Value; two++)
            {
                for (int three = third.Start.Value; three < third.End.Value; three++)
                {
                    sink.Trigram(TermScanner.TrigramOf(one, two, three));
                }
            }
        }
    }

    private static void ScanRows<TSink>(TemplateText text, int template, ref TSink sink)
        where TSink : struct, ITermSink, allows ref struct
    {
        Utf8Values rows = text.Gather(text.RowsOf(template)).Render();
        for (int row = 0; row < rows.Count; row++)
        {
            TermScanner.Scan(rows[row], ref sink);
        }
    }
}
