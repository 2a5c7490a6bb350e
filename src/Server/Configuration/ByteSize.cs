using System.Globalization;

namespace Bongsu.Server.Configuration;

/// <summary>Sizes as people write them: <c>512MiB</c>, <c>2GB</c>, <c>1048576</c>.</summary>
internal static class ByteSize
{
    private static readonly (string Suffix, long Factor)[] s_units =
    [
        ("KiB", 1L << 10), ("MiB", 1L << 20), ("GiB", 1L << 30), ("TiB", 1L << 40),
        ("KB", 1000), ("MB", 1_000_000), ("GB", 1_000_000_000), ("TB", 1_000_000_000_000),
        ("K", 1L << 10), ("M", 1L << 20), ("G", 1L << 30), ("T", 1L << 40), ("B", 1),
    ];

    /// <summary>Reads a size; false where the text is none or passes 2^63.</summary>
    public static bool TryParse(string text, out long sizeBytes)
    {
        text = text.Trim();
        long factor = 1;
        foreach ((string suffix, long unit) in s_units)
        {
            if (text.EndsWith(suffix, StringComparison.OrdinalIgnoreCase))
            {
                (text, factor) = (text[..^suffix.Length].TrimEnd(), unit);
                break;
            }
        }

        sizeBytes = 0;
        if (!decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal number) ||
            number * factor > long.MaxValue)
        {
            return false;
        }

        sizeBytes = (long)(number * factor);
        return true;
    }

    /// <summary>Prints a size with a binary unit and at most one decimal.</summary>
    public static string Format(long sizeBytes)
    {
        string[] units = ["B", "KiB", "MiB", "GiB", "TiB"];
        double size = sizeBytes;
        int unit = 0;
        for (; size >= 1024 && unit < units.Length - 1; unit++)
        {
            size /= 1024;
        }

        return string.Create(CultureInfo.InvariantCulture, $"{size:0.#} {units[unit]}");
    }
}
