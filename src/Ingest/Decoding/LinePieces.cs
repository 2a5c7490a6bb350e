namespace Bongsu.Ingest.Decoding;

/// <summary>Cuts a body that comes in pieces at the ends of its lines; only a line that pieces share is copied. One
/// owner.</summary>
/// <param name="maxLineBytes">Of a longer line that pieces share only the length is kept.</param>
internal sealed class LinePieces(int maxLineBytes) : IDisposable
{
    /// <summary>Takes one line or several, each with its newline; the last of a body may have none.</summary>
    public delegate void TakeLines(ReadOnlySpan<byte> lines);

    private readonly HeldBytes _held = new();
    private long _lineBytes;

    /// <summary>Takes the next piece.</summary>
    /// <param name="piece">Bytes of the body.</param>
    /// <param name="take">Gets what is whole, in order.</param>
    /// <param name="refuse">Gets the length of a line that is too long and is not kept.</param>
    public void Add(ReadOnlySpan<byte> piece, TakeLines take, Action<long> refuse)
    {
        if (_lineBytes > 0)
        {
            int rest = piece.IndexOf((byte)'\n');
            Hold(rest < 0 ? piece : piece[..rest]);
            if (rest < 0)
            {
                return;
            }

            _held.Append("\n"u8);
            Finish(take, refuse);
            piece = piece[(rest + 1)..];
        }

        int whole = piece.LastIndexOf((byte)'\n') + 1;
        if (whole > 0)
        {
            take(piece[..whole]);
        }

        Hold(piece[whole..]);
    }

    /// <summary>Ends the line begun, if there is one.</summary>
    public void Finish(TakeLines take, Action<long> refuse)
    {
        if (_lineBytes > maxLineBytes)
        {
            refuse(_lineBytes);
        }
        else if (_lineBytes > 0)
        {
            take(_held.Span);
        }

        _lineBytes = 0;
        _held.Clear();
    }

    /// <inheritdoc/>
    public void Dispose() => _held.Dispose();

    private void Hold(ReadOnlySpan<byte> piece)
    {
        _lineBytes += piece.Length;
        if (_lineBytes <= maxLineBytes)
        {
            _held.Append(piece);
        }
    }
}
