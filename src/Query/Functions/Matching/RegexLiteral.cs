using System.Text;

namespace Bongsu.Query.Functions.Matching;

/// <summary>Collects, while a pattern is read, the longest run of characters outside groups that every match must
/// hold.</summary>
internal sealed class RegexLiteral
{
    private readonly StringBuilder _run = new();
    private string _longest = "";
    private int _depth;
    private bool _isForbidden;

    /// <summary>The longest run; empty where there is none to rely on.</summary>
    public string Longest
    {
        get
        {
            Break();
            return _isForbidden ? "" : _longest;
        }
    }

    public void Add(char character)
    {
        if (_depth == 0)
        {
            _run.Append(character);
        }
    }

    /// <summary>Something that is no literal comes.</summary>
    public void Break()
    {
        // Half of a surrogate pair has no bytes of its own; runs of one ASCII character are kept, they filter well
        // enough.
        string run = _run.ToString();
        _run.Clear();
        if (run.Length > _longest.Length && !run.Any(char.IsSurrogate))
        {
            _longest = run;
        }
    }

    /// <summary>A quantifier for the last character.</summary>
    public void Quantify(bool mayBeAbsent)
    {
        if (mayBeAbsent && _depth == 0 && _run.Length > 0)
        {
            _run.Length--;
        }

        Break();
    }

    /// <summary>Alternatives outside groups: nothing is needed by all.</summary>
    public void Alternate()
    {
        _isForbidden |= _depth == 0;
        Break();
    }

    /// <summary>Case or white space may differ: no literal can be relied on.</summary>
    public void Forbid() => _isForbidden = true;

    public void Open()
    {
        Break();
        _depth++;
    }

    public void Close()
    {
        Break();
        _depth--;
    }
}
