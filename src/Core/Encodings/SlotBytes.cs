namespace Bongsu.Core.Encodings;

/// <summary>The bytes of a block's slots: all of them, or of a file the sections that are asked for. Any number of
/// threads.</summary>
public sealed class SlotBytes
{
    private readonly SectionReader? _read;
    private byte[]? _all;
    private byte[]?[]? _sections;

    /// <summary>All of them.</summary>
    public SlotBytes(byte[] all)
    {
        _all = all;
    }

    /// <summary>Bytes that are read when they are needed.</summary>
    /// <param name="read">Reads some; may be called more than once, from any thread.</param>
    public SlotBytes(SectionReader read)
    {
        _read = read;
    }

    /// <summary>Makes sure that all are read, and whole.</summary>
    public void Open() => _all ??= _read!(0, length: null, checksum: 0);

    /// <summary>Bytes of a slot.</summary>
    internal ReadOnlySpan<byte> Of(TemplateDirectory directory, int slot)
    {
        int start = directory.SlotEnds[slot];
        int length = directory.SlotEnds[slot + 1] - start;
        if (_all is { } all || length == 0)
        {
            return _all.AsSpan(start, length);
        }

        int[] ends = directory.SectionEnds;
        int section = Array.BinarySearch(ends, start + 1);
        section = section < 0 ? ~section : section;
        int sectionStart = section == 0 ? 0 : ends[section - 1];
        byte[]?[] sections = _sections ??= new byte[]?[ends.Length];
        byte[] bytes = sections[section] ??= _read!(sectionStart, ends[section] - sectionStart, directory.SectionChecksums[section]);
        return bytes.AsSpan(start - sectionStart, length);
    }
}
