using Bongsu.Core.Kernels;

namespace Bongsu.Core.Templates;

/// <summary>Templates as a tree of their texts: the one a message has is found in one walk. Built once, then read by any
/// number of threads.</summary>
internal sealed class TemplateTree
{
    // A walk turns back so often at most; past it the message is cut by rule.
    private const int MaxReturns = 16;

    private readonly MatchNode _root = new();

    public TemplateTree(IEnumerable<MinedTemplate> templates)
    {
        foreach (MinedTemplate template in templates)
        {
            Add(template);
        }
    }

    /// <summary>Finds the template of a message and reads its variables.</summary>
    /// <param name="bytes">The message, and whatever lies around it.</param>
    /// <param name="start">Where the message begins.</param>
    /// <param name="end">Where it ends.</param>
    /// <param name="values">Room for <see cref="MessageTokenizer.MaxSlots"/>.</param>
    public MinedTemplate? Match(ReadOnlySpan<byte> bytes, int start, int end, Span<SlotValue> values)
    {
        int returns = 0;
        return Walk(_root, bytes, start, end, values, 0, ref returns);
    }

    private static MinedTemplate? Walk(
        MatchNode node,
        ReadOnlySpan<byte> bytes,
        int position,
        int end,
        Span<SlotValue> values,
        int slot,
        ref int returns)
    {
        while (true)
        {
            if (position == end && node.End is not null)
            {
                return node.End;
            }

            SlotNode? variable = node.Slot;
            if (node.Follow(bytes, position, end) is { } next)
            {
                if (variable is null)
                {
                    position += next.TextBytes;
                    node = next;
                    continue;
                }

                MinedTemplate? found = Walk(next, bytes, position + next.TextBytes, end, values, slot, ref returns);
                if (found is not null || ++returns > MaxReturns)
                {
                    return found;
                }
            }

            if (variable is null || slot == values.Length)
            {
                return null;
            }

            int after = variable.Take(bytes, position, end, out values[slot]);
            if (variable.TakesRest)
            {
                return WalkOrTakeRest(variable, bytes, position, after, end, values, slot, ref returns);
            }

            if (after < 0)
            {
                return null;
            }

            slot++;
            position = after;
            node = variable.Next;
        }
    }

    private static MinedTemplate? WalkOrTakeRest(
        SlotNode variable,
        ReadOnlySpan<byte> bytes,
        int position,
        int after,
        int end,
        Span<SlotValue> values,
        int slot,
        ref int returns)
    {
        MinedTemplate? found = after < 0
            ? null
            : Walk(variable.Next, bytes, after, end, values, slot + 1, ref returns);
        if (found is not null || ++returns > MaxReturns || variable.Next.End is not { EndsInRest: true } rest)
        {
            return found;
        }

        values[slot] = SlotValue.OfText(position, end - position);
        return rest;
    }

    private void Add(MinedTemplate mined)
    {
        Template template = mined.Template;
        MatchNode node = _root.Add(template.Piece(0));
        for (int slot = 0; slot < template.SlotCount; slot++)
        {
            ReadOnlySpan<byte> before = template.Piece(slot);
            SlotNode variable = node.Slot ??= new SlotNode(
                ClassOf(before, template.Piece(slot + 1), slot),
                before.IsEmpty ? (byte)0 : before[^1]);
            variable.TakesAnyWord |= (mined.AnyWord >> slot & 1) != 0;
            variable.TakesRest |= slot == template.SlotCount - 1 && mined.EndsInRest;
            node = variable.Next.Add(template.Piece(slot + 1));
        }

        node.End = mined;
    }

    private static SlotClass ClassOf(ReadOnlySpan<byte> before, ReadOnlySpan<byte> after, int slot)
    {
        if (before.IsEmpty)
        {
            return SlotClass.Word;
        }

        switch (before[^1])
        {
            case (byte)'/':
                return before.EndsWith("://"u8) ? SlotClass.Host : SlotClass.Path;
            case (byte)'=':
                bool isKey = before.Length > 1 ? WordScan.IsLetterOrDigit(before[^2]) : slot > 0;
                return isKey ? SlotClass.Value : SlotClass.Word;
            case (byte)'"' or (byte)'\'' when !after.IsEmpty && after[0] == before[^1]:
                return SlotClass.Quoted;
            default:
                return WordScan.IsEnd(before[^1]) ? SlotClass.Word : SlotClass.Inner;
        }
    }
}
