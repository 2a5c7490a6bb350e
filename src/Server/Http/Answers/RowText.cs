using System.Buffers;
using System.Buffers.Text;
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
    private const int DateBytes = 10;
    private const int TimeBytes = 28;

    // What stands between quotes as it is: printable ASCII but for quote and backslash.
    private static readonly SearchValues<byte> s_plain =
        SearchValues.Create([.. Enumerable.Range(0x20, 0x7F - 0x20).Where(value => value is not ('"' or '\\')).Select(value => (byte)value)]);

    private readonly ArrayBufferWriter<byte> _rows = new(64 << 10);
    private readonly Utf8JsonWriter _cell;
    private readonly byte[] _date = new byte[DateBytes];
    private long _dateDays = -1;

    public RowText()
    {
        _cell = new Utf8JsonWriter(_rows, DynamicJson.WriterOptions);
    }

    /// <summary>The rows since <see cref="Clear"/>, with commas between them.</summary>
    public ReadOnlySpan<byte> Written => _rows.WrittenSpan;

    /// <summary>Adds a row.</summary>
    public void Add(Batch batch, int row)
    {
        Put(_rows.WrittenCount == 0 ? "["u8 : ",["u8);
        for (int column = 0; column < batch.Vectors.Length; column++)
        {
            if (column > 0)
            {
                Put(","u8);
            }

            AddCell(batch[column], row);
        }

        Put("]"u8);
    }

    public void Clear() => _rows.ResetWrittenCount();

    public void Dispose() => _cell.Dispose();

    private void AddCell(Vector vector, int row)
    {
        switch (vector)
        {
            case StringVector text when text[row] is var value && value.IndexOfAnyExcept(s_plain) < 0:
                AddPlain(value);
                break;
            case FixedVector<long> { Type: ScalarType.Long } longs when !longs.IsNull(row):
                Utf8Formatter.TryFormat(longs[row], _rows.GetSpan(20), out int length);
                _rows.Advance(length);
                break;
            case FixedVector<long> { Type: ScalarType.DateTime } times when !times.IsNull(row):
                AddTime(times[row]);
                break;
            default:
                CellWriter.Write(vector, row, _cell);
                _cell.Flush();
                _cell.Reset(_rows);
                break;
        }
    }

    private void AddPlain(ReadOnlySpan<byte> value)
    {
        Span<byte> room = _rows.GetSpan(value.Length + 2);
        room[0] = (byte)'"';
        value.CopyTo(room[1..]);
        room[value.Length + 1] = (byte)'"';
        _rows.Advance(value.Length + 2);
    }

    // As of the format "O" in UTC: 2026-11-01T09:30:00.0000000Z.
    private void AddTime(long ticks)
    {
        (long days, long ofDay) = Math.DivRem(ticks, TimeSpan.TicksPerDay);
        if (days != _dateDays)
        {
            Span<byte> whole = stackalloc byte[TimeBytes];
            Utf8Formatter.TryFormat(new DateTime(ticks, DateTimeKind.Utc), whole, out _, new StandardFormat('O'));
            whole[..DateBytes].CopyTo(_date);
            _dateDays = days;
        }

        (long seconds, long fraction) = Math.DivRem(ofDay, TimeSpan.TicksPerSecond);
        (int minutes, int second) = Math.DivRem((int)seconds, 60);
        (int hour, int minute) = Math.DivRem(minutes, 60);
        Span<byte> room = _rows.GetSpan(TimeBytes + 2)[..(TimeBytes + 2)];
        "\"0000-00-00T00:00:00.0000000Z\""u8.CopyTo(room);
        _date.CopyTo(room[1..]);
        PutTwo(room[12..], hour);
        PutTwo(room[15..], minute);
        PutTwo(room[18..], second);
        for (int place = 27; fraction > 0; place--)
        {
            (fraction, long digit) = Math.DivRem(fraction, 10);
            room[place] = (byte)('0' + digit);
        }

        _rows.Advance(room.Length);
    }

    private static void PutTwo(Span<byte> room, int value)
    {
        room[0] = (byte)('0' + (value / 10));
        room[1] = (byte)('0' + (value % 10));
    }

    private void Put(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(_rows.GetSpan(bytes.Length));
        _rows.Advance(bytes.Length);
    }
}
