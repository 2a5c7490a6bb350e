using System.Globalization;

namespace Bongsu.Alert.Rules.Kinds;

/// <summary>Says what is wrong with a cron line of five fields.</summary>
internal static class CronFault
{
    private static readonly (string Name, int Least, int Most, string[] Words)[] s_fields =
    [
        ("minute", 0, 59, []),
        ("hour", 0, 23, []),
        ("day of month", 1, 31, []),
        ("month", 1, 12, ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]),
        ("day of week", 0, 7, ["sun", "mon", "tue", "wed", "thu", "fri", "sat"]),
    ];

    /// <summary>What is wrong, or null.</summary>
    public static string? Find(string cron)
    {
        string[] fields = cron.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        if (fields.Length != s_fields.Length)
        {
            return $"it has {fields.Length} fields, expected 5: minute, hour, day of month, month, day of week";
        }

        for (int field = 0; field < fields.Length; field++)
        {
            foreach (string item in fields[field].Split(','))
            {
                if (!IsItem(item, s_fields[field]))
                {
                    return $"'{item}' is no {s_fields[field].Name}, expected {s_fields[field].Least} to {s_fields[field].Most}, "
                        + "*, a range such as 1-5 or steps such as */10";
                }
            }
        }

        return null;
    }

    private static bool IsItem(string item, (string Name, int Least, int Most, string[] Words) field)
    {
        string[] stepped = item.Split('/');
        if (stepped.Length > 2 || (stepped.Length == 2 && !(Number(stepped[1]) is >= 1 and var step && step <= field.Most)))
        {
            return false;
        }

        string[] ends = stepped[0].Split('-');
        return stepped[0] == "*" || ends.Length switch
        {
            1 => Value(ends[0], field) is not null,
            2 => Value(ends[0], field) is { } first && Value(ends[1], field) is { } last && first <= last,
            _ => false,
        };
    }

    private static int? Value(string text, (string Name, int Least, int Most, string[] Words) field)
    {
        int word = Array.FindIndex(field.Words, word => word.Equals(text, StringComparison.OrdinalIgnoreCase));
        int? value = word >= 0 ? word + (field.Least == 1 ? 1 : 0) : Number(text);
        return value >= field.Least && value <= field.Most ? value : null;
    }

    private static int? Number(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : null;
}
