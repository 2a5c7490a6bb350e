using System.Runtime.CompilerServices;
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
    private ShapeNode[] _successors = [];

    /// <summary>A node.</summary>
    /// <param name="gap">The bytes before the value.</param>
    /// <param name="field">The value's field; null for the end of the row.</param>
    /// <param name="path">The objects open around the value.</param>
    public ShapeNode(byte[] gap, Field? field, ObjectPath path)
    {
        _gap = gap;
        GapLength = gap.Length;
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

    public int GapLength { get; }

    /// <summary>The successor whose bytes stand at a position; null where none of them does.</summary>
    public ShapeNode? Next(ReadOnlySpan<byte> body, int position, int end)
    {
        foreach (ShapeNode successor in _successors)
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
        List<ShapeNode> kept = [.. _successors.Take(MaxSuccessors - 1)];
        int place = kept.FindIndex(other => other.GapLength <= successor.GapLength);
        kept.Insert(place < 0 ? kept.Count : place, successor);
        _successors = [.. kept];
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool Stands(ReadOnlySpan<byte> body, int position, int end)
    {
        if (position <= body.Length - Vector256<byte>.Count && GapLength <= Vector256<byte>.Count)
        {
            Vector256<byte> here = Vector256.Create(body.Slice(position, Vector256<byte>.Count));
            int after = position + GapLength;
            return (here & _gapMask) == _gapBytes && (Field is null ? after == end : after < end);
        }

        return StandsSlowly(body[position..end]);
    }

    private bool StandsSlowly(ReadOnlySpan<byte> rest) =>
        Field is null ? rest.SequenceEqual(_gap) : rest.Length > GapLength && rest.StartsWith(_gap);
}
