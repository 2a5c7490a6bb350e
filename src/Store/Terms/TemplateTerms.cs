using Bongsu.Core.Templates;
using Bongsu.Core.Vectors;

namespace Bongsu.Store.Terms;

/// <summary>Finds the terms and n-grams of templated text without writing it out: of static pieces once for each
/// template, of variables only where they can be words or identifiers.</summary>
/// <remarks>All but terms of kind <see cref="TermKind.Number"/> and trigrams with digits is found; more may be.</remarks>
internal static class TemplateTerms
{
    // Has all hexadecimal digits and no letter beyond: stands for any variable that is a number.
    private const byte NumberStandIn = (byte)'0';
    private const int MinIdentifierDigits = 8;
    private const int MaxContextBytes = 256;

    public static void Scan<TSink>(TemplateText text, ref TSink sink)
        where TSink : struct, ITermSink, allows ref struct
    {
        for (int index = 0; index < text.TemplateCount; index++)
        {
            if (text.RowsOf(index).IsEmpty)
            {
                continue;
            }

            Template template = text.TemplateAt(index);
            if (!HasSeparators(template))
            {
                ScanRows(text, index, ref sink);
                continue;
            }

            ScanPieces(template, ref sink);
            for (int slot = 0; slot < template.SlotCount; slot++)
            {
                ScanSlot(text.Slot(index, slot), TailOf(template, slot), HeadOf(template, slot + 1), ref sink);
            }
        }
    }

    // Where a separator stands between each two variables, no term has more than one of them.
    private static bool HasSeparators(Template template)
    {
        for (int piece = 1; piece < template.SlotCount; piece++)
        {
            if (LastSeparator(template.Piece(piece)) < 0)
            {
                return false;
            }
        }

        for (int slot = 0; slot < template.SlotCount; slot++)
        {
            if (TailOf(template, slot).Length + HeadOf(template, slot + 1).Length > MaxContextBytes)
            {
                return false;
            }
        }

        return true;
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

    private static void ScanPieces<TSink>(Template template, ref TSink sink)
        where TSink : struct, ITermSink, allows ref struct
    {
        byte[] text = new byte[template.PieceBytes + template.SlotCount];
        int written = 0;
        for (int piece = 0; piece <= template.SlotCount; piece++)
        {
            template.Piece(piece).CopyTo(text.AsSpan(written));
            written += template.Piece(piece).Length;
            if (piece < template.SlotCount)
            {
                text[written++] = NumberStandIn;
            }
        }

        TermScanner.Scan(text, ref sink);
    }

    private static void ScanSlot<TSink>(VariableColumn variables, ReadOnlySpan<byte> before, ReadOnlySpan<byte> after, ref TSink sink)
        where TSink : struct, ITermSink, allows ref struct
    {
        bool standsAlone = before.IsEmpty && after.IsEmpty;
        switch (variables.Kind)
        {
            case VariableKind.Text:
                Utf8Values texts = variables.Texts.Values;
                byte[] room = new byte[before.Length + after.Length + variables.MaxBytes];
                for (int entry = 0; entry < texts.Count; entry++)
                {
                    texts[entry].CopyTo(room.AsSpan(before.Length));
                    ScanInContext(before, texts[entry].Length, after, room, ref sink);
                }

                break;
            case VariableKind.Hex when standsAlone:
                ScanIdentifiers(variables, ref sink);
                break;

            // Other numbers are part of an identifier only where what they touch could be.
            case VariableKind.Hex:
            case var _ when IsPartOfIdentifier(before) || IsPartOfIdentifier(after):
                byte[] number = new byte[MaxContextBytes + VariableText.MaxNumberBytes];
                for (int index = 0; index < variables.Length; index++)
                {
                    ScanInContext(before, variables.Format(index, number.AsSpan(before.Length)), after, number, ref sink);
                }

                break;
        }
    }

    private static void ScanInContext<TSink>(
        ReadOnlySpan<byte> before,
        int length,
        ReadOnlySpan<byte> after,
        Span<byte> text,
        ref TSink sink)
        where TSink : struct, ITermSink, allows ref struct
    {
        before.CopyTo(text);
        after.CopyTo(text[(before.Length + length)..]);
        TermScanner.Scan(text[..(before.Length + length + after.Length)], ref sink);
    }

    private static void ScanIdentifiers<TSink>(VariableColumn variables, ref TSink sink)
        where TSink : struct, ITermSink, allows ref struct
    {
        TermScanner.HexTrigrams(ref sink);
        byte[] text = new byte[VariableText.MaxHexDigits];
        foreach (long number in variables.Numbers)
        {
            bool hasDigit = HasDecimalDigit(number, variables.Digits);
            if (!hasDigit)
            {
                TermScanner.Scan(text.AsSpan(0, VariableText.Format(VariableKind.Hex, variables.Digits, number, text)), ref sink);
            }
            else if (variables.Digits >= MinIdentifierDigits)
            {
                sink.Term(TermScanner.HashOfHex(number, variables.Digits), TermKind.Identifier, touchesStart: true, touchesEnd: true);
            }
        }
    }

    // Whether one of the lowest digits is below ten: adding six to each carries out of those from ten on.
    private static bool HasDecimalDigit(long number, int digits)
    {
        ulong low = (ulong)number & 0x0F0F_0F0F_0F0F_0F0F;
        ulong high = ((ulong)number >> 4) & 0x0F0F_0F0F_0F0F_0F0F;
        ulong letters = (((low + 0x0606_0606_0606_0606) >> 4) & 0x0101_0101_0101_0101) |
            ((high + 0x0606_0606_0606_0606) & 0x1010_1010_1010_1010);
        ulong all = digits == VariableText.MaxHexDigits ? ulong.MaxValue : (1UL << (4 * digits)) - 1;
        return letters != (0x1111_1111_1111_1111 & all);
    }

    private static bool IsPartOfIdentifier(ReadOnlySpan<byte> text)
    {
        foreach (byte character in text)
        {
            if (!char.IsAsciiHexDigit((char)character))
            {
                return false;
            }
        }

        return !text.IsEmpty;
    }

    // What stands right before a slot, from the last separator on; all of it where the text begins there.
    private static ReadOnlySpan<byte> TailOf(Template template, int piece) =>
        template.Piece(piece)[(LastSeparator(template.Piece(piece)) + 1)..];

    private static ReadOnlySpan<byte> HeadOf(Template template, int piece)
    {
        ReadOnlySpan<byte> bytes = template.Piece(piece);
        for (int position = 0; position < bytes.Length; position++)
        {
            if (IsSeparator(bytes[position]))
            {
                return bytes[..position];
            }
        }

        return bytes;
    }

    private static int LastSeparator(ReadOnlySpan<byte> bytes)
    {
        int position = bytes.Length - 1;
        while (position >= 0 && !IsSeparator(bytes[position]))
        {
            position--;
        }

        return position;
    }

    // Beyond ASCII letters and separators are told apart by the scanner.
    private static bool IsSeparator(byte character) => character < 0x80 && !char.IsAsciiLetterOrDigit((char)character);
}
