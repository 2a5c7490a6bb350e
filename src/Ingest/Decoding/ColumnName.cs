using System.Text;
using Bongsu.Store;

namespace Bongsu.Ingest.Decoding;

/// <summary>Makes columns' names of what senders call their fields.</summary>
internal static class ColumnName
{
    /// <summary>The column's name: without control characters, never empty and never one of the store's own.</summary>
    /// <param name="name">UTF-8, as sent.</param>
    public static string Clean(ReadOnlySpan<byte> name)
    {
        if (name.IsEmpty)
        {
            return "_";
        }

        string text = Encoding.UTF8.GetString(name);
        if (SystemColumns.IsReserved(text))
        {
            return "_" + text[1..];
        }

        return text.AsSpan().ContainsAnyInRange('\0', '\x1F') || text.Contains('\x7F')
            ? string.Create(text.Length, text, static (room, source) =>
            {
                for (int index = 0; index < room.Length; index++)
                {
                    room[index] = char.IsControl(source[index]) ? '_' : source[index];
                }
            })
            : text;
    }
}
