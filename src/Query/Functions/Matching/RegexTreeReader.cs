using System.Text.RegularExpressions;
using Bongsu.Core.Automata;

namespace Bongsu.Query.Functions.Matching;

/// <summary>Reads a regular expression as <see cref="RegexTranslator"/> writes it into a tree that an automaton can be
/// made of.</summary>
/// <remarks>The expression is known to be valid. What is not understood makes no tree, and .NET runs it.</remarks>
internal sealed class RegexTreeReader
{
    // A repetition of repetitions multiplies; the automaton has its own limit, this one is for the recursion.
    private const int MaxDepth = 200;
    private const int MaxRepeat = 1000;

    // A joiner is part of a word for \b, though \w does not take it.
    private const string BoundaryAtom = "[\\w\u200C\u200D]";

    private static readonly CodePointSet s_newLine = CodePointSet.Of('\n');

    private readonly string _pattern;
    private int _position;
    private int _depth;
    private bool _isUnknown;
    private RegexOptions _options;

    private RegexTreeReader(string pattern)
    {
        _pattern = pattern;
    }

    private bool IsAtEnd => _position >= _pattern.Length;

    /// <summary>The tree, or null.</summary>
    public static PatternNode? TryRead(string pattern)
    {
        if (pattern.Any(char.IsSurrogate))
        {
            return null;
        }

        var reader = new RegexTreeReader(pattern);
        PatternNode tree = reader.ReadChoice();
        return reader._isUnknown || !reader.IsAtEnd ? null : tree;
    }

    private PatternNode ReadChoice()
    {
        List<PatternNode> choices = [ReadSequence()];
        while (!IsAtEnd && _pattern[_position] == '|' && !_isUnknown)
        {
            _position++;
            choices.Add(ReadSequence());
        }

        return choices.Count == 1 ? choices[0] : PatternNode.Choice(choices);
    }

    private PatternNode ReadSequence()
    {
        List<PatternNode> parts = [];
        while (!IsAtEnd && _pattern[_position] is not ('|' or ')') && !_isUnknown)
        {
            if (ReadAtom() is { } atom)
            {
                parts.Add(ReadQuantifier(atom));
            }
        }

        return parts.Count == 1 ? parts[0] : PatternNode.Sequence(parts);
    }

    // Null for what only changes options, or is not understood.
    private PatternNode? ReadAtom()
    {
        char next = _pattern[_position];
        switch (next)
        {
            case '(':
                return ReadGroup();
            case '[':
                return ReadSet(ClassLength());
            case '\\':
                return ReadEscape();
            case '^':
                _position++;
                bool isAnyLine = (_options & RegexOptions.Multiline) != 0;
                return PatternNode.Assert(PatternAssertion.StartOrAfter, isAnyLine ? s_newLine : CodePointSet.Empty);
            case '$' when (_options & RegexOptions.Multiline) != 0:
                _position++;
                return PatternNode.Assert(PatternAssertion.EndOrBefore, s_newLine);
            case '$' or '*' or '+' or '?' or '{':
                return Give();
            default:
                return ReadSet(1);
        }
    }

    private PatternNode? ReadSet(int length)
    {
        CodePointSet? set = CharacterSets.Of(
            _pattern.Substring(_position, length), _options & (RegexOptions.IgnoreCase | RegexOptions.Singleline));
        _position += length;
        return set is null ? Give() : PatternNode.One(set);
    }

    private PatternNode? ReadEscape()
    {
        int length = _pattern[_position + 1] switch
        {
            'u' => 6,
            'p' or 'P' => _pattern.IndexOf('}', _position) + 1 - _position,
            _ => 2,
        };
        switch (_pattern[_position + 1])
        {
            case 'b' or 'B':
                bool isBoundary = _pattern[_position + 1] == 'b';
                _position += length;
                return CharacterSets.Of(BoundaryAtom, RegexOptions.None) is { } word
                    ? PatternNode.Assert(
                        isBoundary ? PatternAssertion.Boundary : PatternAssertion.NotBoundary, word)
                    : Give();
            case 'A':
                _position += length;
                return PatternNode.Assert(PatternAssertion.StartOrAfter, CodePointSet.Empty);
            case 'z':
                _position += length;
                return PatternNode.Assert(PatternAssertion.EndOrBefore, CodePointSet.Empty);
            default:
                return ReadSet(length);
        }
    }

    // A class may hold another one, which is subtracted from it; all other brackets are escaped.
    private int ClassLength()
    {
        int depth = 0;
        int position = _position;
        do
        {
            depth += _pattern[position] switch { '[' => 1, ']' => -1, _ => 0 };
            position += _pattern[position] == '\\' ? 2 : 1;
        }
        while (depth > 0);
        return position - _position;
    }

    private PatternNode? ReadGroup()
    {
        RegexOptions outer = _options;
        _position++;
        if (!IsAtEnd && _pattern[_position] == '?')
        {
            _position++;
            if (!TryReadOptions(out bool isWholeRest))
            {
                return Give();
            }

            if (isWholeRest)
            {
                return null;
            }
        }

        if (++_depth > MaxDepth)
        {
            return Give();
        }

        PatternNode inner = ReadChoice();
        _depth--;
        _position++;
        _options = outer;
        return inner;
    }

    // Options up to ':' or, for the rest of the group, ')'.
    private bool TryReadOptions(out bool isWholeRest)
    {
        isWholeRest = false;
        bool isOn = true;
        for (; !IsAtEnd; _position++)
        {
            switch (_pattern[_position])
            {
                case ':' or ')':
                    isWholeRest = _pattern[_position++] == ')';
                    return true;
                case '-':
                    isOn = false;
                    break;
                case 'i':
                    Set(RegexOptions.IgnoreCase, isOn);
                    break;
                case 'm':
                    Set(RegexOptions.Multiline, isOn);
                    break;
                case 's':
                    Set(RegexOptions.Singleline, isOn);
                    break;
                default:
                    return false;
            }
        }

        return false;
    }

    private void Set(RegexOptions option, bool isOn) => _options = isOn ? _options | option : _options & ~option;

    private PatternNode ReadQuantifier(PatternNode atom)
    {
        if (IsAtEnd || _isUnknown)
        {
            return atom;
        }

        (int min, int max) = (1, 1);
        switch (_pattern[_position])
        {
            case '*':
                (min, max) = (0, PatternNode.Unbounded);
                break;
            case '+':
                (min, max) = (1, PatternNode.Unbounded);
                break;
            case '?':
                (min, max) = (0, 1);
                break;
            case '{':
                int end = _pattern.IndexOf('}', _position);
                string[] counts = _pattern[(_position + 1)..end].Split(',');
                if (!int.TryParse(counts[0], out min) || min > MaxRepeat)
                {
                    Give();
                    return atom;
                }

                max = counts.Length == 1 ? min : PatternNode.Unbounded;
                if (counts.Length > 1 && counts[1].Length > 0 && (!int.TryParse(counts[1], out max) || max > MaxRepeat))
                {
                    Give();
                    return atom;
                }

                _position = end;
                break;
            default:
                return atom;
        }

        _position++;

        // Short or long first makes no difference to whether there is a match.
        _position += !IsAtEnd && _pattern[_position] == '?' ? 1 : 0;
        return PatternNode.Repeat(atom, min, max);
    }

    private PatternNode? Give()
    {
        _isUnknown = true;
        return null;
    }
}
