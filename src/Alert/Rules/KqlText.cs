using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Bongsu.Alert.Rules;

/// <summary>Pieces of KQL text: names and values as KQL writes them, and where the pipes of a query are.</summary>
internal static partial class KqlText
{
    // Words that begin an expression or stand between two: as a name they need quotes.
    private static readonly HashSet<string> s_reserved =
    [
        "and", "or", "not", "in", "by", "has", "contains", "between", "true", "false", "null", "dynamic", "datetime", "timespan", "with", "on", "to",
    ];

    /// <summary>A name as KQL writes it.</summary>
    public static string Name(string name) =>
        PlainName().IsMatch(name) && !s_reserved.Contains(name) ? name : $"['{Escape(name)}']";

    /// <summary>A text as KQL writes it.</summary>
    public static string Literal(string text) => $"'{Escape(text)}'";

    /// <summary>A number as KQL writes it.</summary>
    public static string Literal(double number) => number is >= -1e15 and <= 1e15 && Math.Floor(number) == number
        ? ((long)number).ToString(CultureInfo.InvariantCulture)
        : $"real({number.ToString("R", CultureInfo.InvariantCulture)})";

    /// <summary>What stands between the quotes of a text.</summary>
    public static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (char character in text)
        {
            escaped.Append(character switch
            {
                '\\' => @"\\",
                '\'' => @"\'",
                '\n' => @"\n",
                '\r' => @"\r",
                '\t' => @"\t",
                < ' ' => string.Create(CultureInfo.InvariantCulture, $"\\u{(int)character:x4}"),
                _ => character.ToString(),
            });
        }

        return escaped.ToString();
    }

    /// <summary>Places of the pipes of the last statement that stand outside brackets, texts and comments.</summary>
    public static List<int> Pipes(string query)
    {
        var pipes = new List<int>();
        int depth = 0;
        foreach (Match match in Piece().Matches(query))
        {
            switch (match.Value)
            {
                case "(" or "[" or "{":
                    depth++;
                    break;
                case ")" or "]" or "}":
                    depth--;
                    break;
                case "|" when depth == 0:
                    pipes.Add(match.Index);
                    break;
                case ";" when depth == 0 && query[(match.Index + 1)..].Trim().Length > 0:
                    pipes.Clear();
                    break;
            }
        }

        return pipes;
    }

    /// <summary>Where the bracket is closed that opens at a place; -1 where it is not.</summary>
    public static int ClosingBracket(string query, int open)
    {
        int depth = 0;
        foreach (Match match in Piece().Matches(query))
        {
            if (match.Index < open)
            {
                continue;
            }

            depth += match.Value switch { "(" or "[" or "{" => 1, ")" or "]" or "}" => -1, _ => 0 };
            if (depth == 0)
            {
                return match.Index;
            }
        }

        return -1;
    }

    /// <summary>The name of the operator behind a pipe, as group 1.</summary>
    public static Match OperatorAt(string query, int pipe) => Operator().Match(query, pipe);

    /// <summary>A call of a function of the clock outside texts and comments, or null.</summary>
    public static Group? ClockCallIn(string query)
    {
        foreach (Match match in ClockCall().Matches(query))
        {
            if (match.Groups["call"].Success)
            {
                return match.Groups["call"];
            }
        }

        return null;
    }

    /// <summary>Whether an aggregate is 0 where there are no rows.</summary>
    public static bool IsCount(string aggregate) => CountOrSum().IsMatch(aggregate);

    // One call and nothing else; brackets in it up to three deep.
    [GeneratedRegex(
        @"^\s*(?:count|countif|sum|sumif|dcount|dcountif|count_distinct|count_distinctif)\s*"
        + @"\((?:[^()]|\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\))*\)\s*$")]
    private static partial Regex CountOrSum();

    [GeneratedRegex(@"\G\|\s*([a-z-]+)")]
    private static partial Regex Operator();

    // Texts and comments match first, so that what stands in them is passed over.
    [GeneratedRegex(
        """//[^\n]*|@"(?:[^"]|"")*"|@'(?:[^']|'')*'|```.*?```|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|\b(?<call>now|ago|ingestion_time)\s*\(""",
        RegexOptions.Singleline)]
    private static partial Regex ClockCall();

    [GeneratedRegex(
        """//[^\n]*|@"(?:[^"]|"")*"|@'(?:[^']|'')*'|```.*?```|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|[()\[\]{}|;]""",
        RegexOptions.Singleline)]
    private static partial Regex Piece();

    [GeneratedRegex("^[A-Za-z_][A-Za-z0-9_]*$")]
    private static partial Regex PlainName();
}
