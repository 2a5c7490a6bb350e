namespace Bongsu.Ingest.Decoding;

/// <summary>Makes rows valid UTF-8 and counts those that were not.</summary>
internal sealed class TextRepairs
{
    public long Transcoded { get; private set; }

    public long Repaired { get; private set; }

    /// <summary>Adds what was mended elsewhere.</summary>
    public void Add(long transcoded, long repaired)
    {
        Transcoded += transcoded;
        Repaired += repaired;
    }

    /// <summary>Valid UTF-8 for a row: itself, transcoded from CP949, or with U+FFFD.</summary>
    public ReadOnlySpan<byte> ToUtf8(ReadOnlySpan<byte> row)
    {
        switch (KoreanText.ToUtf8(row, out ReadOnlySpan<byte> utf8))
        {
            case KoreanText.Outcome.Transcoded:
                Transcoded++;
                break;
            case KoreanText.Outcome.Repaired:
                Repaired++;
                break;
            default:
                break;
        }

        return utf8;
    }
}
