using System.Buffers;
using Bongsu.Core.Templates;
using Bongsu.Core.Vectors;

namespace Bongsu.Core.Encodings;

/// <summary>Blocks of text as templates and variables.</summary>
/// <remarks>
/// Varint number of templates; their texts (<see cref="TextCodec"/>); codes (<see cref="CodeCodec"/>); four bytes size of
/// the slots; the slots (<see cref="VariableCodec"/>); varint size of each. Slots are decoded when asked for.
/// </remarks>
internal static class TemplateCodec
{
    private const int MaxSlots = 1 << 20;

    public static void Encode(TemplateText text, IReadOnlyList<SiblingColumn> siblings, EncodingEffort effort, ByteWriter writer)
    {
        int[] used = [.. Enumerable.Range(0, text.TemplateCount).Where(template => !text.RowsOf(template).IsEmpty)];
        var texts = new Utf8Buffer(used.Length);
        foreach (int template in used)
        {
            texts.Append(text.TemplateAt(template).Text);
        }

        writer.WriteVarint((ulong)used.Length);
        TextCodec.Encode(texts.Build(), effort, writer);
        EncodeCodes(text, used, effort, writer);
        int sizePosition = writer.Length;
        writer.WriteUInt32(0);
        int slotsStart = writer.Length;
        var sizes = new List<int>();
        foreach (int template in used)
        {
            for (int slot = 0; slot < text.TemplateAt(template).SlotCount; slot++)
            {
                int start = writer.Length;
                VariableCodec.Encode(text.Slot(template, slot), text.RowsOf(template), siblings, effort, writer);
                sizes.Add(writer.Length - start);
            }
        }

        writer.PatchUInt32(sizePosition, (uint)(writer.Length - slotsStart));
        sizes.ForEach(size => writer.WriteVarint((ulong)size));
    }

    public static TemplateText Decode(ref ByteReader reader, int count, Func<string, Vector?> sibling)
    {
        int templateCount = reader.ReadCount(count);
        Utf8Values texts = TextCodec.Decode(ref reader, templateCount);
        var templates = new Template[templateCount];
        int slotCount = 0;
        for (int template = 0; template < templateCount; template++)
        {
            templates[template] = Template.Parse(texts[template]);
            slotCount += templates[template].SlotCount;
        }

        if (slotCount > MaxSlots)
        {
            throw new CorruptDataException($"{slotCount} slots, expected at most {MaxSlots}");
        }

        int[] codes = GC.AllocateUninitializedArray<int>(count);
        CodeCodec.Decode(ref reader, codes, templateCount);
        ReadOnlySpan<byte> slots = reader.ReadBytes((int)Math.Min(reader.ReadUInt32(), int.MaxValue));
        int[] ends = new int[slotCount + 1];
        for (int slot = 0; slot < slotCount; slot++)
        {
            ends[slot + 1] = ends[slot] + reader.ReadCount(slots.Length - ends[slot]);
        }

        // The reader's bytes are borrowed, the slots are decoded later.
        byte[] bytes = GC.AllocateUninitializedArray<byte>(slots.Length);
        slots.CopyTo(bytes);
        var source = new SlotSource(templates, ends, bytes, sibling);
        var text = new TemplateText(templates, codes, count, source.Load, source.Shape, source.Pick);
        source.Text = text;
        return text;
    }

    private static void EncodeCodes(TemplateText text, int[] used, EncodingEffort effort, ByteWriter writer)
    {
        int[] places = new int[text.TemplateCount];
        for (int place = 0; place < used.Length; place++)
        {
            places[used[place]] = place;
        }

        ReadOnlySpan<int> codes = text.Codes;
        long[] wide = ArrayPool<long>.Shared.Rent(codes.Length);
        for (int row = 0; row < codes.Length; row++)
        {
            wide[row] = places[codes[row]];
        }

        CodeCodec.Encode(wide.AsSpan(0, codes.Length), effort, writer);
        ArrayPool<long>.Shared.Return(wide);
    }

    // Where the slots of a block come from.
    private sealed class SlotSource(Template[] templates, int[] ends, byte[] bytes, Func<string, Vector?> sibling)
    {
        private readonly int[] _firstSlots = FirstSlots(templates);

        public TemplateText? Text { get; set; }

        public VariableColumn Load(int template, int slot)
        {
            ByteReader reader = Open(template, slot);
            VariableColumn variables = VariableCodec.Decode(ref reader, Text!.RowsOf(template), sibling);
            reader.ExpectEnd();
            return variables;
        }

        public VariableColumn Pick(int template, int slot, ReadOnlySpan<int> ranks, ReadOnlySpan<int> rows)
        {
            ByteReader reader = Open(template, slot);
            VariableColumn variables = VariableCodec.DecodeSome(ref reader, Text!.Codes.Count(template), ranks, rows, sibling);
            reader.ExpectEnd();
            return variables;
        }

        public VariableShape Shape(int template, int slot)
        {
            ByteReader reader = Open(template, slot);
            return VariableCodec.ReadShape(ref reader, out _);
        }

        private ByteReader Open(int template, int slot)
        {
            int index = _firstSlots[template] + slot;
            return new ByteReader(bytes.AsSpan(ends[index], ends[index + 1] - ends[index]));
        }

        private static int[] FirstSlots(Template[] templates)
        {
            int[] first = new int[templates.Length];
            for (int template = 1; template < first.Length; template++)
            {
                first[template] = first[template - 1] + templates[template - 1].SlotCount;
            }

            return first;
        }
    }
}
