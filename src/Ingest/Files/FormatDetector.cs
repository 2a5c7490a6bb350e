using Bongsu.Ingest.Files.Formats;

namespace Bongsu.Ingest.Files;

/// <summary>Finds out from a file's first lines what shapes they have.</summary>
internal sealed class FormatDetector
{
    /// <summary>Lines after which the answer stands.</summary>
    public const int MaxLines = 500;

    // A shape that fewer lines than this share have is chance: a continuation line that happens to look like it.
    private const int RareShare = 20;
    private const int FewLines = 20;

    private readonly LineParser _parser;
    private readonly LogRecord _record = new();
    private readonly int[] _counts = new int[7];
    private readonly int[] _timeWords = new int[TimedLine.MaxWord + 1];
    private int _lines;
    private int _strays;

    /// <param name="parser">A parser of its own: what is seen here must not be remembered where the lines are
    /// read.</param>
    public FormatDetector(LineParser parser)
    {
        _parser = parser;
    }

    /// <summary>Whether enough was seen.</summary>
    public bool IsDone => _lines >= MaxLines;

    /// <summary>Takes one line into account.</summary>
    /// <param name="line">Valid UTF-8.</param>
    public void Observe(ReadOnlySpan<byte> line)
    {
        if (line.IsEmpty || line[0] is (byte)' ' or (byte)'\t' || StackTrace.IsContinuation(line))
        {
            return;
        }

        _lines++;
        LineFormat format = _parser.Parse(line, _record);
        if (format != LineFormat.None)
        {
            _counts[int.Log2((int)format)]++;
            return;
        }

        _strays++;
        for (int word = 1; word <= TimedLine.MaxWord; word++)
        {
            if (TimedLine.TryFind(line, word, out Times.ScannedTime time, out _, out _) && (time.HasDay || word == 1))
            {
                _timeWords[word]++;
                break;
            }
        }
    }

    /// <summary>What the file is, as far as is known.</summary>
    public FileShape Decide()
    {
        if (_lines == 0)
        {
            return FileShape.Unknown;
        }

        LineFormat formats = LineFormat.None;
        int main = 0;
        for (int shape = 0; shape < 6; shape++)
        {
            main = _counts[shape] > _counts[main] ? shape : main;
            if (_counts[shape] > 0 && (_lines < FewLines || _counts[shape] * RareShare >= _lines))
            {
                formats |= (LineFormat)(1 << shape);
            }
        }

        int timeWord = 0;
        for (int word = 1; word < _timeWords.Length; word++)
        {
            if (_timeWords[word] * 2 >= _lines && _timeWords[word] > _timeWords[timeWord])
            {
                timeWord = word;
            }
        }

        LineFormat mainFormat = _counts[main] == 0 ? LineFormat.None : (LineFormat)(1 << main);
        if (timeWord > 0)
        {
            mainFormat = LineFormat.Timed;
        }

        int starts = _counts.Sum() + (timeWord > 0 ? _timeWords[timeWord] : 0);
        bool startsAreKnown = starts * 2 >= _lines &&
            mainFormat is LineFormat.Timed or LineFormat.Syslog or LineFormat.ApacheError;
        return new FileShape(formats == 0 && timeWord == 0 ? LineFormat.All : formats, mainFormat, timeWord, startsAreKnown);
    }
}
