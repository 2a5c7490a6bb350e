using System.Buffers.Binary;

namespace Bongsu.Core.Templates;

/// <summary>A place in the tree of templates: static text that leads to it, and what may follow.</summary>
/// <remarks>Built by one thread, then read by any number.</remarks>
internal sealed class MatchNode
{
    private byte[] _text = [];
    private ulong _head;
    private ulong _headMask;
    private byte[] _firsts = [];
    private MatchNode[] _children = [];

    /// <summary>Static text from the parent to here; empty where a slot leads here.</summary>
    public ReadOnlySpan<byte> Text => _text;

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
            int child = position < end ? _firsts.AsSpan().IndexOf(bytes[position]) : -1;
            if (child < 0)
            {
                return null;
            }

            next = _children[child];
        }

        return next.Leads(bytes, position, end) ? next : null;
    }

    /// <summary>Finds or makes the place that static text leads to.</summary>
    public MatchNode Add(ReadOnlySpan<byte> text)
    {
        MatchNode node = this;
        while (!text.IsEmpty)
        {
            int child = node._firsts.AsSpan().IndexOf(text[0]);
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

    private bool Leads(ReadOnlySpan<byte> bytes, int position, int end)
    {
        int length = _text.Length;
        if (length > end - position)
        {
            return false;
        }

        if (position <= bytes.Length - sizeof(ulong))
        {
            ulong head = BinaryPrimitives.ReadUInt64LittleEndian(bytes[position..]);
            if (((head ^ _head) & _headMask) != 0)
            {
                return false;
            }

            if (length <= sizeof(ulong))
            {
                return true;
            }
        }

        return bytes.Slice(position, length).SequenceEqual(_text);
    }

    private void SetText(byte[] text)
    {
        Span<byte> head = stackalloc byte[sizeof(ulong)];
        head.Clear();
        int length = Math.Min(text.Length, head.Length);
        text.AsSpan(0, length).CopyTo(head);
        _text = text;
        _head = BinaryPrimitives.ReadUInt64LittleEndian(head);
        _headMask = length == head.Length ? ulong.MaxValue : (1UL << (8 * length)) - 1;
    }

    private void Append(MatchNode child)
    {
        _firsts = [.. _firsts, child._text[0]];
        _children = [.. _children, child];
        Only = _children.Length == 1 ? child : null;
    }

    private void Replace(int index, MatchNode child)
    {
        _children[index] = child;
        Only = _children.Length == 1 ? child : null;
    }
}
