using System.Text;
using Bongsu.Core.Types;
using Bongsu.Core.Vectors;
using Bongsu.Query.Functions.Matching;
using Bongsu.Query.Kql.Syntax;
using Bongsu.Query.Plan;

namespace Bongsu.Query.Kql.Patterns;

/// <summary>
/// <c>parse kind=simple|relaxed</c>: literals in order, columns take the shortest run up to the next literal, <c>*</c>
/// skips, the last takes
/// the rest. Works on UTF-8 bytes; no backtracking.
/// </summary>
/// <remarks>An integer that no literal follows takes its digits only. A pattern that does not end in <c>*</c> or a
/// column must reach the end of the text.</remarks>
internal sealed class LiteralPatternParser : PatternParser
{
    private readonly Piece[] _pieces;
    private readonly ScalarType[] _types;
    private readonly bool _isRelaxed;
    private readonly TextMarker? _literals;

    public LiteralPatternParser(IReadOnlyList<ParsePieceSyntax> pieces, bool isRelaxed)
    {
        _isRelaxed = isRelaxed;
        _types = [.. pieces.Where(piece => piece.Type is not null).Select(piece => piece.Type!.Value)];
        int capture = 0;
        List<Piece> compiled = [];
        for (int index = 0; index < pieces.Count; index++)
        {
            ParsePieceSyntax piece = pieces[index];
            if (piece.Column is not null && index > 0 && pieces[index - 1].Column is not null)
            {
                throw new QueryException(
                    "argument",
                    $"between two columns there must be a string; '{piece.Column.Name}' follows another column",
                    piece.Span);
            }

            compiled.Add(new Piece(
                piece.Literal is null ? null : Encoding.UTF8.GetBytes(piece.Literal),
                piece.Column is null ? -1 : capture++,
                piece.Type is { } type && type.IsInteger()));
        }

        _pieces = [.. compiled];
        string[] literals = [.. pieces.Where(piece => piece.Literal is { Length: > 0 }).Select(piece => piece.Literal!)];
        _literals = literals.Length > 0 ? new TextMarker(new LiteralsMatcher(literals)) : null;
    }

    public override Vector[] Parse(StringVector text, Bitmap matched)
    {
        if (CandidateRows.TryFind(_literals, text) is not { } candidates)
        {
            return ParseRows(text, matched);
        }

        var matchedCandidates = new Bitmap(candidates.Rows.Length);
        Vector[] captures = ParseRows((StringVector)text.Gather(candidates.Rows), matchedCandidates);
        for (int row = 0; row < text.Length; row++)
        {
            matched[row] = matchedCandidates[candidates.Places[row]];
        }

        return Array.ConvertAll(captures, candidates.Spread);
    }

    private Vector[] ParseRows(StringVector text, Bitmap matched)
    {
        var captures = new CaptureColumns(_types, text.Length);
        for (int row = 0; row < text.Length; row++)
        {
            matched[row] = Match(text[row], row, captures);
        }

        return captures.Build(text, matched, _isRelaxed);
    }

    private bool Match(ReadOnlySpan<byte> text, int row, CaptureColumns captures)
    {
        int position = 0;
        bool skips = false;
        int open = -1;
        int openStart = 0;
        bool openIsInteger = false;
        for (int index = 0; index < _pieces.Length; index++)
        {
            Piece piece = _pieces[index];
            if (piece.Literal is null)
            {
                if (piece.Capture >= 0)
                {
                    (open, openStart, openIsInteger) = (piece.Capture, position, piece.IsInteger);
                }
                else
                {
                    // A column before `*` ends here: digits of an integer, else nothing is known to end it.
                    skips = true;
                    if (open >= 0 && openIsInteger)
                    {
                        position = openStart + IntegerLength(text[openStart..]);
                        captures.Set(row, open, openStart, position - openStart);
                        open = -1;
                    }
                }

                continue;
            }

            bool isLast = index == _pieces.Length - 1;
            int found = Find(text[position..], piece.Literal, skips || open >= 0, isLast);
            if (found < 0)
            {
                return false;
            }

            if (open >= 0)
            {
                captures.Set(row, open, openStart, position + found - openStart);
                open = -1;
            }

            position += found + piece.Literal.Length;
            skips = false;
        }

        if (open >= 0)
        {
            captures.Set(row, open, openStart, skips ? 0 : text.Length - openStart);
            return true;
        }

        return skips || position == text.Length;
    }

    private static int Find(ReadOnlySpan<byte> text, byte[] literal, bool mayskip, bool isLast)
    {
        if (!mayskip)
        {
            return text.StartsWith(literal) ? 0 : -1;
        }

        return isLast ? (text.EndsWith(literal) ? text.Length - literal.Length : -1) : text.IndexOf(literal);
    }

    private static int IntegerLength(ReadOnlySpan<byte> text)
    {
        int length = text.Length > 0 && text[0] is (byte)'-' or (byte)'+' ? 1 : 0;
        while (length < text.Length && text[length] is >= (byte)'0' and <= (byte)'9')
        {
            length++;
        }

        return length;
    }

    private readonly record struct Piece(byte[]? Literal, int Capture, bool IsInteger);
}
