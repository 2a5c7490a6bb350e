using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Text.Json;
using Bongsu.Core.Batches;
using Bongsu.Core.Dynamic;
using Bongsu.Core.Types;
using Bongsu.Core.Vectors;

namespace Bongsu.Server.Http.Answers;

/// <summary>Rows as JSON arrays, the cells as <see cref="CellWriter"/> has them. One owner.</summary>
/// <remarks>
/// An answer of twenty thousand groups takes as long to write as to find. The cells that are many (numbers, times, plain
/// ASCII) are therefore written here, byte by byte; all others by the writer of JSON.
/// </remarks>
internal sealed class RowText : IDisposable
{
    private const int MinRoomBytes = 64 << 10;
    private const int NumberBytes = 20;
    private const int DateBytes = 10;

    // Quotes included.
    private const int TimeBytes = 30;

    // What stands between quotes as it is: printable ASCII but for quote and backslash.
    private static readonly SearchValues<byte> s_plain =
        SearchValues.Create([.. Enumerable.Range(0x20, 0x7F - 0x20).Where(value => value is not ('"' or '\\')).Select(value => (byte)value)]);

    private readonly ArrayBufferWriter<byte> _other = new();
    private readonly Utf8JsonWriter _cell;
    private readonly byte[] _time = "\"0000-00-00T00:00:00.0000000Z\""u8.ToArray();
    private byte[] _rows = new byte[MinRoomBytes];
    private int _length;
    private long _dayStart = long.MinValue;

    public RowText()
    {
        _cell = new Utf8JsonWriter(_other, DynamicJson.WriterOptions);
    }

    /// <summary>The rows since <see cref="Clear"/>, with commas between them.</summary>
    public ReadOnlySpan<byte> Written => _rows.AsSpan(0, _length);

    /// <summary>Adds a row.</summary>
    public void Add(Batch batch, int row)
    {
        if (_length > 0)
        {
            Put((byte)',');
        }

        Put((byte)'[');
        for (int column = 0; column < batch.Vectors.Length; column++)
        {
            if (column > 0)
            {
                Put((byte)',');
            }

            AddCell(batch[column], row);
        }

        Put((byte)']');
    }

    public void Clear() => _length = 0;

    public void Dispose() => _cell.Dispose();

    private void AddCell(Vector vector, int row)
    {
        switch (vector)
        {
            case StringVector text when text[row] is var value && value.IndexOfAnyExcept(s_plain) < 0:
                AddPlain(value);
                break;
            case FixedVector<long> { Type: ScalarType.Long } longs when !longs.IsNull(row):
                Utf8Formatter.TryFormat(longs[row], Room(NumberBytes), out int length);
                _length += length;
                break;
            case FixedVector<long> { Type: ScalarType.DateTime } times when !times.IsNull(row):
                AddTime(times[row]);
                break;
            default:
                AddOther(vector, row);
                break;
        }
    }

    private void AddOther(Vector vector, int row)
    {
        CellWriter.Write(vector, row, _cell);
        _cell.Flush();
        _other.WrittenSpan.CopyTo(Room(_other.WrittenCount));
        _length += _other.WrittenCount;
        _other.ResetWrittenCount();
        _cell.Reset(_other);
    }

    private void AddPlain(ReadOnlySpan<byte> value)
    {
        Span<byte> room = Room(value.Length + 2);
        room[0] = (byte)'"';
        value.CopyTo(room[1..]);
        room[value.Length + 1] = (byte)'"';
        _length += value.Length + 2;
    }

    // As of the format "O" in UTC: 2026-11-01T09:30:00.0000000Z. Of the time before what differs is written.
    private void AddTime(long ticks)
    {
        if ((ulong)(ticks - _dayStart) >= TimeSpan.TicksPerDay)
        {
            var day = new DateTime(ticks - (ticks % TimeSpan.TicksPerDay), DateTimeKind.Utc);
            day.TryFormat(_time.AsSpan(1, DateBytes), out _, "yyyy-MM-dd", CultureInfo.InvariantCulture);
            _dayStart = day.Ticks;
        }

        ulong ofDay = (ulong)(ticks - _dayStart);
        uint seconds = (uint)(ofDay / TimeSpan.TicksPerSecond);
        uint fraction = (uint)(ofDay - (seconds * (ulong)TimeSpan.TicksPerSecond));
        uint minutes = seconds / 60;
        Span<byte> room = Room(TimeBytes)[..TimeBytes];
        _time.CopyTo(room);
        PutTwo(room, 12, minutes / 60);
        PutTwo(room, 15, minutes % 60);
        PutTwo(room, 18, seconds % 60);
        for (int place = TimeBytes - 3; fraction > 0; place--)
        {
            (fraction, uint digit) = Math.DivRem(fraction, 10);
            room[place] = (byte)('0' + digit);
        }

        _length += TimeBytes;
    }

    private static void PutTwo(Span<byte> room, int place, uint value)
    {
        uint tens = value / 10;
        room[place] = (byte)('0' + tens);
        room[place + 1] = (byte)('0' + (value - (tens * 10)));
    }

    private void Put(byte value)
    {
        if (_length == _rows.Length)
        {
            Grow(1);
        }

        _rows[_length++] = value;
    }

    private Span<byte> Room(int sizeBytes)
    {
        if (_rows.Length - _length < sizeBytes)
        {
            Grow(sizeBytes);
        }

        return _rows.AsSpan(_length);
    }

    private void Grow(int sizeBytes) =>
        Array.Resize(ref _rows, Math.Max(checked(_length + sizeBytes), (int)Math.Min(2L * _rows.Length, Array.MaxLength)));
}
