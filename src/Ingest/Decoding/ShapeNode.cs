using System.Runtime.Intrinsics;

namespace Bongsu.Ingest.Decoding;

/// <summary>One value of the rows seen so far: the bytes that led to it from the value before, its field, and what came
/// after it.</summary>
/// <remarks>
/// The bytes between two values hold everything but the values: commas, keys, opened and closed objects, blanks. Where
/// they are
/// the same as before, so is the field, and the keys need not be read again.
/// </remarks>
internal sealed class ShapeNode
{
    private const int MaxSuccessors = 4;

    private readonly byte[] _gap;
    private readonly Vector256<byte> _gapBytes;
    private readonly Vector256<byte> _gapMask;
    private readonly List<ShapeNode> _successors = [];

    /// <summary>A node.</summary>
    /// <param name="gap">The bytes before the value.</param>
    /// <param name="field">The value's field; null for the end of the row.</param>
    /// <param name="path">The objects open around the value.</param>
    public ShapeNode(byte[] gap, Field? field, ObjectPath path)
    {
        _gap = gap;
        Field = field;
        Path = path;
        if (gap.Length <= Vector256<byte>.Count)
        {
            Span<byte> bytes = stackalloc byte[Vector256<byte>.Count];
            Span<byte> mask = stackalloc byte[Vector256<byte>.Count];
            bytes.Clear();
            mask.Clear();
            gap.CopyTo(bytes);
            mask[..gap.Length].Fill(0xFF);
            _gapBytes = Vector256.Create<byte>(bytes);
            _gapMask = Vector256.Create<byte>(mask);
        }
    }

    public Field? Field { get; }

    public ObjectPath Path { get; }

    public int GapLength => _gap.Length;

    /// <summary>The successor whose bytes stand at a position; null where none of them does.</summary>
    public ShapeNode? Next(ReadOnlySpan<byte> body, int position, int end)
    {
        foreach (ShapeNode successor in System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_successors))
        {
            if (successor.Stands(body, position, end))
            {
                return successor;
            }
        }

        return null;
    }

    /// <summary>The successor learned for these bytes and place, or null.</summary>
    public ShapeNode? Find(ReadOnlySpan<byte> gap, Field? field, ObjectPath path)
    {
        foreach (ShapeNode successor in _successors)
        {
            if (successor.Is(gap, field, path))
            {
                return successor;
            }
        }

        return null;
    }

    public bool Is(ReadOnlySpan<byte> gap, Field? field, ObjectPath path) =>
        Field == field && Path == path && gap.SequenceEqual(_gap);

    /// <summary>Learns a successor; of too many the oldest is forgotten.</summary>
    /// <remarks>The longest stands first, since a shorter one may be its beginning.</remarks>
    public void Add(ShapeNode successor)
    {
        if (_successors.Count == MaxSuccessors)
        {
            _successors.RemoveAt(MaxSuccessors - 1);
        }

        int place = _successors.FindIndex(other => other.GapLength <= successor.GapLength);
        _successors.Insert(place < 0 ? _successors.Count : place, successor);
    }

    private bool Stands(ReadOnlySpan<byte> body, int position, int end)
    {
        if (Field is null)
        {
            return body[position..end].SequenceEqual(_gap);
        }

        if (position <= body.Length - Vector256<byte>.Count && _gap.Length <= Vector256<byte>.Count)
        {
            Vector256<byte> here = Vector256.Create(body.Slice(position, Vector256<byte>.Count));
            return (here & _gapMask) == _gapBytes && position + _gap.Length < end;
        }

        return body[position..end].StartsWith(_gap);
    }
}
