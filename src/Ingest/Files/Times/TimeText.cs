using System.Buffers.Text;
using Bongsu.Ingest.Fields;

namespace Bongsu.Ingest.Files.Times;

/// <summary>Writes an instant as ISO 8601 in UTC, with seven digits of a second, or nine where it is finer than a
/// tick.</summary>
internal static class TimeText
{
    /// <summary>Most bytes written.</summary>
    public const int MaxBytes = 32;

    /// <summary>Writes it; the bytes written.</summary>
    public static int Write(EventTime time, Span<byte> destination)
    {
        Utf8Formatter.TryFormat(new DateTime(time.Ticks, DateTimeKind.Utc), destination, out int length, 'O');
        if (time.RemainderNs != 0)
        {
            destination[length - 1] = (byte)('0' + (time.RemainderNs / 10));
            destination[length] = (byte)('0' + (time.RemainderNs % 10));
            destination[length + 1] = (byte)'Z';
            length += 2;
        }

        return length;
    }
}
