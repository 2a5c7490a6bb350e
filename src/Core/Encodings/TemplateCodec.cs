using Bongsu.Core.Compression;
using Bongsu.Core.Templates;
using Bongsu.Core.Vectors;

namespace Bongsu.Core.Encodings;

/// <summary>Blocks of text as templates and variables.</summary>
/// <remarks>
/// Four bytes size of the slots; the slots (<see cref="VariableCodec"/>); then the directory: varint number of templates;
/// their texts (<see cref="TextCodec"/>); of each varint rows; of each slot byte kind, byte digits, varint size; of each
/// section (<see cref="SlotSections"/>) 4 bytes crc; codes (<see cref="CodeCodec"/>).
/// Slots are decoded when asked for; the directory can be read without them.
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

        int sizePosition = writer.Length;
        writer.WriteUInt32(0);
        int slotsStart = writer.Length;
        var slots = new List<(VariableShape Shape, int SizeBytes)>();
        foreach (int template in used)
        {
            for (int slot = 0; slot < text.TemplateAt(template).SlotCount; slot++)
            {
                int start = writer.Length;
                VariableCodec.Encode(text.Slot(template, slot), text.RowsOf(template), siblings, effort, writer);
                slots.Add((text.ShapeOf(template, slot), writer.Length - start));
            }
        }

        writer.PatchUInt32(sizePosition, (uint)(writer.Length - slotsStart));
        writer.WriteVarint((ulong)used.Length);
        TextCodec.Encode(texts.Build(), effort, writer);
        foreach (int template in used)
        {
            writer.WriteVarint((ulong)text.RowsOf(template).Length);
        }

        int[] ends = new int[slots.Count + 1];
        for (int slot = 0; slot < slots.Count; slot++)
        {
            VariableCodec.WriteShape(slots[slot].Shape, writer);
            writer.WriteVarint((ulong)slots[slot].SizeBytes);
            ends[slot + 1] = ends[slot] + slots[slot].SizeBytes;
        }

        WriteChecksums(ends, slotsStart, writer);
        EncodeCodes(text, used, effort, writer);
    }

    public static TemplateText Decode(ref ByteReader reader, int count, SiblingReader sibling)
    {
        // The reader's bytes are borrowed, the slots are decoded later.
        byte[] slots = reader.ReadBytes((int)Math.Min(reader.ReadUInt32(), int.MaxValue)).ToArray();
        TemplateDirectory directory = ReadDirectory(ref reader, count, slots.Length);
        return DecodeRows(ref reader, directory, count, new SlotBytes(slots), sibling);
    }

    /// <summary>Decodes which row has which template; the slots are asked for when they are needed.</summary>
    /// <param name="reader">Stands behind what <see cref="ReadDirectory"/> reads.</param>
    /// <param name="directory">What it gave.</param>
    /// <param name="count">Rows.</param>
    /// <param name="slots">Gives the slots.</param>
    /// <param name="sibling">Gives other columns.</param>
    /// <param name="mayContain">What is known of the text variables; or null.</param>
    public static TemplateText DecodeRows(
        ref ByteReader reader,
        TemplateDirectory directory,
        int count,
        SlotBytes slots,
        SiblingReader sibling,
        TextQuestion? mayContain = null)
    {
        int[] codes = GC.AllocateUninitializedArray<int>(count);
        CodeCodec.Decode(ref reader, codes, directory.Templates.Length);
        var source = new SlotSource(directory, slots, sibling);
        var text = new TemplateText(directory.Templates, codes, count, source.Load, source.Shape, source.Pick)
        {
            MayVariablesContain = mayContain,
            Source = slots,
        };
        source.Text = text;
        return text;
    }

    /// <summary>Reads of a directory what it says of templates, without the rows.</summary>
    /// <param name="reader">Stands at the directory; the codes are left.</param>
    /// <param name="count">Rows.</param>
    /// <param name="slotBytes">Bytes of all slots.</param>
    public static TemplateDirectory ReadDirectory(ref ByteReader reader, int count, int slotBytes)
    {
        int begin = reader.Position;
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

        int[] rowCounts = new int[templateCount];
        int left = count;
        for (int template = 0; template < templateCount; template++)
        {
            rowCounts[template] = reader.ReadCount(left);
            left -= rowCounts[template];
        }

        if (left != 0)
        {
            throw new CorruptDataException($"byte {reader.Position}: {left} of {count} rows have no template");
        }

        int[] ends = new int[slotCount + 1];
        var shapes = new VariableShape[slotCount];
        for (int slot = 0; slot < slotCount; slot++)
        {
            shapes[slot] = VariableCodec.ReadShape((VariableKind)reader.ReadByte(), reader.ReadByte());
            ends[slot + 1] = ends[slot] + reader.ReadCount(slotBytes - ends[slot]);
        }

        int[] sectionEnds = SlotSections.EndsOf(ends);
        uint[] checksums = new uint[sectionEnds.Length];
        for (int section = 0; section < checksums.Length; section++)
        {
            checksums[section] = reader.ReadUInt32();
        }

        return new TemplateDirectory(templates, rowCounts, shapes, ends)
        {
            SectionEnds = sectionEnds,
            SectionChecksums = checksums,
            CodesOffset = reader.Position - begin,
        };
    }

    private static void WriteChecksums(int[] slotEnds, int slotsStart, ByteWriter writer)
    {
        int start = 0;
        foreach (int end in SlotSections.EndsOf(slotEnds))
        {
            writer.WriteUInt32(Crc32C.Compute(writer.Written[(slotsStart + start)..(slotsStart + end)]));
            start = end;
        }
    }

    private static void EncodeCodes(TemplateText text, int[] used, EncodingEffort effort, ByteWriter writer)
    {
        int[] places = new int[text.TemplateCount];
        for (int place = 0; place < used.Length; place++)
        {
            places[used[place]] = place;
        }

        ReadOnlySpan<int> codes = text.Codes;
        long[] wide = SharedArrays.Rent<long>(codes.Length);
        for (int row = 0; row < codes.Length; row++)
        {
            wide[row] = places[codes[row]];
        }

        CodeCodec.Encode(wide.AsSpan(0, codes.Length), effort, writer);
        SharedArrays.Return(wide);
    }

    // Where the slots of a block come from.
    private sealed class SlotSource(TemplateDirectory directory, SlotBytes bytes, SiblingReader sibling)
    {
        private readonly int[] _firstSlots = FirstSlots(directory.Templates);

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
            VariableColumn variables = VariableCodec.DecodeSome(ref reader, directory.RowCounts[template], ranks, rows, sibling);
            reader.ExpectEnd();
            return variables;
        }

        public VariableShape Shape(int template, int slot) => directory.Shapes[_firstSlots[template] + slot];

        private ByteReader Open(int template, int slot) => new(bytes.Of(directory, _firstSlots[template] + slot));

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
