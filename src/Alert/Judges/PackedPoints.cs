using Bongsu.Core.Encodings;

namespace Bongsu.Alert.Judges;

/// <summary>Values of many series over many slots, small in memory: whole numbers as differences, others as single
/// precision.</summary>
/// <remarks>Filled a span of slots at a time. Past its budget it lets go of the upper half of its series, as often as needed:
/// <see cref="LastKey"/> says which are left. One owner.</remarks>
internal sealed class PackedPoints
{
    // Above this a single-precision number is no longer every whole number.
    private const float MaxWhole = 1 << 24;

    private const byte NoValues = 0;
    private const byte WholeValues = 1;
    private const byte AnyValues = 2;

    private readonly int _slotCount;
    private readonly int _slotsPerSpan;
    private readonly long _maxBytes;
    private readonly List<PackedSpan> _spans = [];
    private readonly ByteWriter _writer = new();
    private float[] _open = [];
    private long _sizeBytes;

    /// <summary>Without values.</summary>
    /// <param name="slotCount">Slots of all spans.</param>
    /// <param name="slotsPerSpan">Slots of a span.</param>
    /// <param name="firstKey">The first series.</param>
    /// <param name="lastKey">The one after the last series.</param>
    /// <param name="maxBytes">Budget.</param>
    public PackedPoints(int slotCount, int slotsPerSpan, int firstKey, int lastKey, long maxBytes)
    {
        _slotCount = slotCount;
        _slotsPerSpan = slotsPerSpan;
        FirstKey = firstKey;
        LastKey = lastKey;
        _maxBytes = maxBytes;
    }

    /// <summary>The first series.</summary>
    public int FirstKey { get; }

    /// <summary>The one after the last series that is kept.</summary>
    public int LastKey { get; private set; }

    /// <summary>Notes a value of the open span.</summary>
    /// <param name="key">The series; one that is not kept is passed over.</param>
    /// <param name="slot">The slot, counted from the first of all.</param>
    /// <param name="value">The value.</param>
    public void Set(int key, int slot, double value)
    {
        if (key < FirstKey || key >= LastKey)
        {
            return;
        }

        int at = ((key - FirstKey) * _slotsPerSpan) + (slot - (_spans.Count * _slotsPerSpan));
        if (at >= _open.Length)
        {
            int length = _open.Length;
            Array.Resize(ref _open, Math.Max(at + _slotsPerSpan, length * 2));
            _open.AsSpan(length).Fill(float.NaN);
        }

        _open[at] = (float)value;
    }

    /// <summary>Packs the open span and opens the next.</summary>
    public void Close()
    {
        int keys = Math.Min(_open.Length / _slotsPerSpan, LastKey - FirstKey);
        int[] starts = new int[keys + 1];
        _writer.Clear();
        for (int key = 0; key < keys; key++)
        {
            starts[key] = _writer.Length;
            Pack(_open.AsSpan(key * _slotsPerSpan, _slotsPerSpan));
        }

        starts[keys] = _writer.Length;
        Array.Fill(_open, float.NaN);
        _spans.Add(new PackedSpan(_writer.Written.ToArray(), starts));
        _sizeBytes += _spans[^1].SizeBytes;
        while (_sizeBytes > _maxBytes && LastKey - FirstKey > 1)
        {
            Halve();
        }
    }

    /// <summary>The values of a series, by slot; NaN where it has none.</summary>
    /// <param name="key">A series that is kept.</param>
    /// <param name="values">Room for all slots.</param>
    public void Read(int key, Span<double> values)
    {
        values[.._slotCount].Fill(double.NaN);
        for (int span = 0; span < _spans.Count; span++)
        {
            int first = span * _slotsPerSpan;
            Unpack(_spans[span].Of(key - FirstKey), values[first..Math.Min(_slotCount, first + _slotsPerSpan)]);
        }
    }

    private void Pack(ReadOnlySpan<float> values)
    {
        bool hasAny = false;
        bool areWhole = true;
        foreach (float value in values)
        {
            hasAny |= !float.IsNaN(value);
            areWhole &= float.IsNaN(value) || (value == MathF.Floor(value) && MathF.Abs(value) < MaxWhole);
        }

        _writer.WriteByte(!hasAny ? NoValues : areWhole ? WholeValues : AnyValues);
        if (!hasAny)
        {
            return;
        }

        long last = 0;
        foreach (float value in values)
        {
            if (!areWhole)
            {
                _writer.WriteUInt32(BitConverter.SingleToUInt32Bits(value));
            }
            else if (float.IsNaN(value))
            {
                _writer.WriteVarint(0);
            }
            else
            {
                long difference = (long)value - last;
                _writer.WriteVarint((ulong)((difference << 1) ^ (difference >> 63)) + 1);
                last = (long)value;
            }
        }
    }

    private static void Unpack(ReadOnlySpan<byte> bytes, Span<double> values)
    {
        if (bytes.IsEmpty)
        {
            return;
        }

        var reader = new ByteReader(bytes);
        byte form = reader.ReadByte();
        long last = 0;
        for (int slot = 0; slot < values.Length && form != NoValues; slot++)
        {
            if (form == AnyValues)
            {
                values[slot] = BitConverter.UInt32BitsToSingle(reader.ReadUInt32());
            }
            else if (reader.ReadVarint() is > 0 and ulong code)
            {
                last += (long)((code - 1) >> 1) ^ -(long)((code - 1) & 1);
                values[slot] = last;
            }
        }
    }

    private void Halve()
    {
        int kept = (LastKey - FirstKey) / 2;
        int known = _spans.Max(span => span.KeyCount);
        kept = Math.Max(1, Math.Min(kept, known / 2));
        LastKey = FirstKey + kept;
        _open = _open.AsSpan(0, Math.Min(_open.Length, kept * _slotsPerSpan)).ToArray();
        for (int span = 0; span < _spans.Count; span++)
        {
            _spans[span] = _spans[span].Keep(kept);
        }

        _sizeBytes = _spans.Sum(span => span.SizeBytes);
    }

    /// <summary>Some slots of all series, one after the other.</summary>
    private readonly record struct PackedSpan(byte[] Bytes, int[] Starts)
    {
        public int KeyCount => Starts.Length - 1;

        public long SizeBytes => Bytes.Length + (sizeof(int) * (long)Starts.Length);

        public ReadOnlySpan<byte> Of(int key) => key >= KeyCount ? [] : Bytes.AsSpan(Starts[key]..Starts[key + 1]);

        public PackedSpan Keep(int keys) => keys >= KeyCount ? this : new PackedSpan(Bytes[..Starts[keys]], Starts[..(keys + 1)]);
    }
}
