using System.Buffers.Text;

namespace Bongsu.Ingest.Files.Formats;

/// <summary>Text that is a number where it can be one without loss.</summary>
internal static class NumberText
{
    /// <summary>Adds a long where the digits come back the same, else the text.</summary>
    public static void Add(LogRecord record, string name, ReadOnlySpan<byte> text)
    {
        if (text.Length is > 0 and <= 18 && (text[0] != '0' || text.Length == 1) &&
            !text.ContainsAnyExceptInRange((byte)'0', (byte)'9') && Utf8Parser.TryParse(text, out long value, out _))
        {
            record.AddLong(name, value);
        }
        else
        {
            record.AddText(name, text);
        }
    }
}
