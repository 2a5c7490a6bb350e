namespace Bongsu.Query.Functions;

/// <summary>Names of result columns that a query leaves unnamed, by the function that computes them.</summary>
/// <remarks>As KQL's binder names them; every other function gives <c>Column1</c>, <c>print_0</c> and the
/// like.</remarks>
public static class ResultNaming
{
    // These give the name of the column they are applied to: bin(timestamp, 1h) is timestamp.
    private static readonly HashSet<string> s_likeColumn = new(StringComparer.Ordinal)
    {
        "abs", "acos", "asin", "atan", "atan2", "bin", "bin_at", "bin_auto", "binary_and", "binary_not", "binary_or", "binary_shift_left",
        "binary_shift_right", "binary_xor", "bitset_count_ones", "ceiling", "cos", "exp", "exp10", "exp2", "floor", "format_bytes",
        "format_datetime", "format_timespan", "gamma", "log", "log10", "log2", "loggamma", "make_datetime", "parse_csv", "parse_json",
        "parse_xml", "parsejson", "pow", "rand", "round", "sin", "split", "sqrt", "startofday", "tan", "tobool", "toboolean",
        "todatetime", "todecimal", "todouble", "todynamic", "tohex", "toint", "tolong", "toobject", "toreal", "tostring", "totime",
        "totimespan", "toguid", "erf", "erfc", "series_fill_backward", "series_fill_const", "series_fill_forward", "series_fill_linear", "series_fir",
        "series_iir", "series_outliers",
    };

    // These put a prefix before it.
    private static readonly Dictionary<string, string> s_prefixes = new(StringComparer.Ordinal)
    {
        ["strlen"] = "strlen_",
        ["string_size"] = "string_size_",
        ["gettype"] = "type_",
        ["treepath"] = "tree_",
        ["repeat"] = "repeat_",
        ["dcount_hll"] = "dcount_hll_",
        ["percentile_tdigest"] = "percentile_tdigest_",
    };

    /// <summary>The name for a call, or null where it has none.</summary>
    /// <param name="function">The function.</param>
    /// <param name="firstColumn">The name its first argument has by itself (a column, a path), or null.</param>
    public static string? Of(string function, string? firstColumn)
    {
        return s_prefixes.TryGetValue(function, out string? prefix) ? prefix + firstColumn
            : s_likeColumn.Contains(function) ? firstColumn
            : null;
    }
}
