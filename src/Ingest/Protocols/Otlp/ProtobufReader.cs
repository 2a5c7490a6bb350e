using System.Buffers.Binary;

namespace Bongsu.Ingest.Protocols.Otlp;

/// <summary>Reads the fields of one protobuf message in place (protobuf.dev, "Encoding").</summary>
/// <remarks>Never throws: broken input ends the reading and sets <see cref="IsBroken"/>.</remarks>
internal ref struct ProtobufReader(ReadOnlySpan<byte> message)
{
    private const int MaxVarintBytes = 10;

    private readonly ReadOnlySpan<byte> _message = message;
    private int _position;
    private int _wireType;

    /// <summary>True once the bytes were no message.</summary>
    public bool IsBroken { get; private set; }

    /// <summary>Number of the field read last.</summary>
    public int Field { get; private set; }

    /// <summary>Whether the field's value is bytes, text or a message.</summary>
    public readonly bool IsBytes => _wireType == 2;

    /// <summary>Moves to the next field; false at the end, or where the message is broken.</summary>
    public bool Read()
    {
        if (IsBroken || _position >= _message.Length)
        {
            return false;
        }

        ulong tag = ReadVarint();
        _wireType = (int)(tag & 7);
        Field = (int)Math.Min(tag >> 3, int.MaxValue);
        IsBroken |= Field == 0;
        return !IsBroken;
    }

    /// <summary>The value of a varint, fixed64 or fixed32 field; 0 where it is of another kind, which is passed
    /// over.</summary>
    public ulong ReadNumber()
    {
        switch (_wireType)
        {
            case 0:
                return ReadVarint();
            case 1:
                ReadOnlySpan<byte> eight = Take(8);
                return eight.IsEmpty ? 0 : BinaryPrimitives.ReadUInt64LittleEndian(eight);
            case 5:
                ReadOnlySpan<byte> four = Take(4);
                return four.IsEmpty ? 0 : BinaryPrimitives.ReadUInt32LittleEndian(four);
            default:
                Skip();
                return 0;
        }
    }

    /// <summary>The value of a bytes, text or message field; empty where it is of another kind, which is passed
    /// over.</summary>
    public ReadOnlySpan<byte> ReadBytes()
    {
        if (_wireType != 2)
        {
            Skip();
            return default;
        }

        ulong length = ReadVarint();
        if (length > (ulong)(_message.Length - _position))
        {
            IsBroken = true;
            return default;
        }

        return Take((int)length);
    }

    /// <summary>Passes over the value of the field.</summary>
    public void Skip()
    {
        switch (_wireType)
        {
            case 0:
                ReadVarint();
                break;
            case 1:
                Take(8);
                break;
            case 2:
                ReadBytes();
                break;
            case 5:
                Take(4);
                break;
            default:
                // Groups were never part of OTLP.
                IsBroken = true;
                break;
        }
    }

    private ReadOnlySpan<byte> Take(int length)
    {
        if (_message.Length - _position < length)
        {
            IsBroken = true;
            return default;
        }

        ReadOnlySpan<byte> taken = _message.Slice(_position, length);
        _position += length;
        return taken;
    }

    private ulong ReadVarint()
    {
        ulong value = 0;
        for (int count = 0; count < MaxVarintBytes && _position < _message.Length; count++)
        {
            byte part = _message[_position++];
            value |= (ulong)(part & 0x7F) << (7 * count);
            if (part < 0x80)
            {
                return value;
            }
        }

        IsBroken = true;
        return 0;
    }
}
