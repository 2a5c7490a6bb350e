using Bongsu.Query.Kql.Syntax;

namespace Bongsu.Query.Kql.Parsing;

/// <summary>How tightly binary operators bind; higher is tighter. String operators bind tighter than arithmetic, as in
/// the reference's grammar.</summary>
internal static class OperatorPrecedence
{
    public const int Or = 1;
    public const int And = 2;
    public const int Equality = 3;

    private static readonly Dictionary<string, int> s_levels = Levels();

    /// <summary>Names of all word operators, for suggestions.</summary>
    public static IEnumerable<string> Words => s_levels.Keys.Where(name => char.IsLetter(name[^1]));

    /// <summary>Level of the operator that begins at the cursor, 0 for none.</summary>
    public static int Of(Token token) =>
        token.Kind is TokenKind.Punctuation or TokenKind.Identifier ? s_levels.GetValueOrDefault(token.Text) : 0;

    /// <summary>True for operators with a list on the right.</summary>
    public static bool TakesList(string name) => name is "in" or "!in" or "in~" or "!in~" or "has_any" or "has_all";

    private static Dictionary<string, int> Levels()
    {
        var levels = new Dictionary<string, int>(StringComparer.Ordinal) { ["or"] = Or, ["and"] = And };
        Add(Equality, "==", "!=", "<>", "in", "!in", "in~", "!in~", "has_any", "has_all", "between", "!between");
        Add(4, "<", "<=", ">", ">=");
        Add(5, "+", "-");
        Add(6, "*", "/", "%");
        Add(7, "=~", "!~", "matches", ":");
        foreach (string word in (string[])["contains", "startswith", "endswith", "has", "hasprefix", "hassuffix"])
        {
            Add(7, word, "!" + word, word + "_cs", "!" + word + "_cs");
        }

        Add(
            7,
            "notcontains",
            "containscs",
            "notcontainscs",
            "like",
            "notlike",
            "likecs",
            "notlikecs",
            "notendswith",
            "notstartswith");
        return levels;

        void Add(int level, params ReadOnlySpan<string> names)
        {
            foreach (string name in names)
            {
                levels.Add(name, level);
            }
        }
    }
}
