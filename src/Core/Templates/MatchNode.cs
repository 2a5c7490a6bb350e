using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Bongsu.Core.Templates;

/// <summary>A place in the tree of templates: static text that leads to it, and what may follow.</summary>
/// <remarks>Built by one thread, then read by any number.</remarks>
internal sealed class MatchNode
{
    private byte[] _text = [];
    private int _length;
    // Its first bytes, and which of them there are.
    private Vector256<byte> _head;
    private Vector256<byte> _headMask;
    // By first byte of a child its number, from 1.
    private byte[] _firsts = [];
    private MatchNode[] _children = [];

    /// <summary>Static text from the parent to here; empty where a slot leads here.</summary>
    public ReadOnlySpan<byte> Text => _text;

    /// <summary>Bytes of <see cref="Text"/>.</summary>
    public int TextBytes => _length;

    /// <summary>What follows if a variable does.</summary>
    public SlotNode? Slot { get; set; }

    /// <summary>The template that ends here.</summary>
    public MinedTemplate? End { get; set; }

    /// <summary>The only node that follows by static text, where there is just one.</summary>
    private MatchNode? Only { get; set; }

    /// <summary>The static continuation for what is at <paramref name="position"/>, if all of its text is there.</summary>
    public MatchNode? Follow(ReadOnlySpan<byte> bytes, int position, int end)
    {
        MatchNode? next = Only;
        if (next is null)
        {
            int child = _children.Length > 0 && position < end ? _firsts[bytes[position]] : 0;
            if (child == 0)
            {
                return null;
            }

            next = _children[child - 1];
        }

        return next.Leads(bytes, position, end) ? next : null;
    }

    /// <summary>Finds or makes the place that static text leads to.</summary>
    public MatchNode Add(ReadOnlySpan<byte> text)
    {
        MatchNode node = this;
        while (!text.IsEmpty)
        {
            int child = node.IndexOf(text[0]);
            if (child < 0)
            {
                var leaf = new MatchNode();
                leaf.SetText(text.ToArray());
                node.Append(leaf);
                return leaf;
            }

            MatchNode next = node._children[child];
            int common = text.CommonPrefixLength(next._text);
            if (common < next._text.Length)
            {
                var middle = new MatchNode();
                middle.SetText(next._text[..common]);
                next.SetText(next._text[common..]);
                middle.Append(next);
                node.Replace(child, middle);
                next = middle;
            }

            text = text[common..];
            node = next;
        }

        return node;
    }

    private int IndexOf(byte first)
    {
        int child = 0;
        while (child < _children.Length && _children[child]._text[0] != first)
        {
            child++;
        }

        return child < _children.Length ? child : -1;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool Leads(ReadOnlySpan<byte> bytes, int position, int end)
    {
        int length = _length;
        if (length > end - position)
        {
            return false;
        }

        if (position > bytes.Length - Vector256<byte>.Count)
        {
            return bytes.Slice(position, length).SequenceEqual(_text);
        }

        var head = Vector256.Create(bytes.Slice(position, Vector256<byte>.Count));
        return (head & _headMask) == _head && (length <= Vector256<byte>.Count || IsTailAt(bytes, position));
    }

    private bool IsTailAt(ReadOnlySpan<byte> bytes, int position) =>
        bytes.Slice(position, _length)[Vector256<byte>.Count..].SequenceEqual(_text.AsSpan(Vector256<byte>.Count));

    private void SetText(byte[] text)
    {
        Span<byte> head = stackalloc byte[Vector256<byte>.Count];
        Span<byte> mask = stackalloc byte[Vector256<byte>.Count];
        head.Clear();
        mask.Clear();
        int length = Math.Min(text.Length, head.Length);
        text.AsSpan(0, length).CopyTo(head);
        mask[..length].Fill(0xFF);
        _text = text;
        _length = text.Length;
        _head = Vector256.Create((ReadOnlySpan<byte>)head);
        _headMask = Vector256.Create((ReadOnlySpan<byte>)mask);
    }

    private void Append(MatchNode child)
    {
        _children = [.. _children, child];
        Only = _children.Length == 1 ? child : null;
        if (_children.Length == 2)
        {
            _firsts = new byte[256];
            _firsts[_children[0]._text[0]] = 1;
        }

        if (_children.Length > 1)
        {
            _firsts[child._text[0]] = (byte)_children.Length;
        }
    }

    private void Replace(int index, MatchNode child)
    {
        _children[index] = child;
        Only = _children.Length == 1 ? child : null;
    }
}
