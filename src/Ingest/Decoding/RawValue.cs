namespace Bongsu.Ingest.Decoding;

/// <summary>A value as it was sent, kept until its row ends in case a stronger field takes its place.</summary>
internal sealed class RawValue(int capacityBytes)
{
    private byte[] _text = new byte[capacityBytes];
    private int _length;
    private long _number;
    private double _real;
    private Kind _kind;

    private enum Kind
    {
        Text,
        Long,
        Real,
    }

    public void SetText(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length > _text.Length)
        {
            _text = new byte[utf8.Length];
        }

        utf8.CopyTo(_text);
        _length = utf8.Length;
        _kind = Kind.Text;
    }

    public void SetLong(long value)
    {
        _number = value;
        _kind = Kind.Long;
    }

    public void SetReal(double value)
    {
        _real = value;
        _kind = Kind.Real;
    }

    public void CopyTo(ColumnBuilder? column, int row)
    {
        switch (_kind)
        {
            case Kind.Text:
                column?.SetString(row, _text.AsSpan(0, _length));
                break;
            case Kind.Long:
                column?.SetLong(row, _number);
                break;
            default:
                column?.SetReal(row, _real);
                break;
        }
    }
}
