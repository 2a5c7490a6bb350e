using System.Buffers.Text;

namespace Bongsu.LogBench.Generation;

/// <summary>Puts lines of JSON together as bytes.</summary>
internal sealed class LineWriter
{
    private byte[] _bytes = new byte[1 << 20];
    private int _length;

    /// <summary>What was written; valid until the next write.</summary>
    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, _length);

    /// <summary>Forgets what was written.</summary>
    public void Clear() => _length = 0;

    /// <summary>Makes room, so that one line of less than <paramref name="sizeBytes"/> needs no checks.</summary>
    public void Reserve(int sizeBytes)
    {
        if (_bytes.Length - _length < sizeBytes)
        {
            Array.Resize(ref _bytes, _bytes.Length * 2);
        }
    }

    /// <summary>Text as it stands.</summary>
    public LineWriter Text(ReadOnlySpan<byte> utf8)
    {
        utf8.CopyTo(_bytes.AsSpan(_length));
        _length += utf8.Length;
        return this;
    }

    /// <summary>A number in decimal.</summary>
    public LineWriter Number(long value)
    {
        Utf8Formatter.TryFormat(value, _bytes.AsSpan(_length), out int written);
        _length += written;
        return this;
    }

    /// <summary>A number with zeros before it.</summary>
    public LineWriter Padded(int value, int digits)
    {
        for (int place = _length + digits - 1; place >= _length; place--)
        {
            _bytes[place] = (byte)('0' + (value % 10));
            value /= 10;
        }

        _length += digits;
        return this;
    }

    /// <summary>Hundredths as a number with two places.</summary>
    public LineWriter Hundredths(long value)
    {
        Number(value / 100);
        _bytes[_length++] = (byte)'.';
        return Padded((int)(value % 100), 2);
    }

    /// <summary>The low digits of a number in hexadecimal.</summary>
    public LineWriter Hex(ulong value, int digits)
    {
        for (int place = _length + digits - 1; place >= _length; place--)
        {
            _bytes[place] = "0123456789abcdef"u8[(int)(value & 15)];
            value >>= 4;
        }

        _length += digits;
        return this;
    }

    /// <summary>An IPv4 address; the first number is 1 to 223.</summary>
    public LineWriter Address(uint value)
    {
        Number(((value >> 24) % 223) + 1).Text("."u8).Number((value >> 16) & 255).Text("."u8);
        return Number((value >> 8) & 255).Text("."u8).Number(value & 255);
    }
}
