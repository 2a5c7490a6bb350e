using Bongsu.Core.Text;
using Bongsu.Core.Types;

namespace Bongsu.Conformance;

/// <summary>Whether a result is the table that a case expects.</summary>
internal static class TableComparer
{
    private static readonly string[] s_sets = ["make_set", "set_union", "set_intersect", "set_difference", "bag_keys", "makeset"];
    private static readonly string[] s_lists = ["make_list", "makelist"];

    /// <summary>What differs, or null.</summary>
    public static string? Difference(KqlCase wanted, Schema schema, List<Scalar[]> rows)
    {
        int[]? columns = MapColumns(wanted, schema, out string? difference);
        if (columns is null)
        {
            return difference;
        }

        // Sets have no order, lists have the order of their rows.
        bool Uses(string name) => wanted.Query.Contains(name, StringComparison.Ordinal);
        bool arraysAreSets = s_sets.Any(Uses) || (s_lists.Any(Uses) && !Uses("sort by") && !Uses("order by"));
        bool isEqual = wanted.Compare switch
        {
            "contains-rows" => Contains(wanted.Rows, rows),
            "last-row" => wanted.Rows.Count == 0 || (rows.Count > 0 && wanted.IsOrdered
                ? Matches(wanted.Rows[0], rows[^1])
                : rows.Any(row => Matches(wanted.Rows[0], row))),
            _ => wanted.Rows.Count == rows.Count
                && (wanted.IsOrdered ? wanted.Rows.Zip(rows).All(pair => Matches(pair.First, pair.Second)) : Contains(wanted.Rows, rows)),
        };
        return isEqual ? null : $"expected {Show(wanted.Rows)}\n     actual {Show(rows, columns)}";

        bool Matches(string?[] expected, Scalar[] actual)
        {
            for (int column = 0; column < expected.Length; column++)
            {
                if (!CellComparer.AreEqual(expected[column], actual[columns[column]], arraysAreSets))
                {
                    return false;
                }
            }

            return true;
        }

        bool Contains(IReadOnlyList<string?[]> expected, List<Scalar[]> actual)
        {
            List<Scalar[]> left = [.. actual];
            foreach (string?[] row in expected)
            {
                int found = left.FindIndex(other => Matches(row, other));
                if (found < 0)
                {
                    return false;
                }

                left.RemoveAt(found);
            }

            return true;
        }
    }

    private static int[]? MapColumns(KqlCase wanted, Schema schema, out string? difference)
    {
        difference = null;
        bool isSubset = wanted.Compare == "subset-columns";
        string expected = string.Join(", ", wanted.Columns.Select(column => $"{column.Name}:{column.Type}"));
        int[] columns = new int[wanted.Columns.Count];
        for (int column = 0; column < columns.Length; column++)
        {
            (string name, string type) = wanted.Columns[column];
            int index = isSubset ? schema.IndexOf(name) : column;
            bool fits = index >= 0 && index < schema.Count && schema[index].Name == name
                && (type == "unknown" || schema[index].Type.Name() == type);
            if (!fits)
            {
                difference = $"expected columns ({expected})\n     actual columns {schema}";
                return null;
            }

            columns[column] = index;
        }

        if (!isSubset && schema.Count != columns.Length)
        {
            difference = $"expected columns ({expected})\n     actual columns {schema}";
            return null;
        }

        return columns;
    }

    private static string Show(IReadOnlyList<string?[]> rows) =>
        Shorten($"{rows.Count} rows: " + string.Join(" | ", rows.Select(row => string.Join(", ", row.Select(cell => cell ?? "null")))));

    private static string Show(List<Scalar[]> rows, int[] columns) =>
        Shorten($"{rows.Count} rows: " + string.Join(
            " | ",
            rows.Select(row => string.Join(", ", columns.Select(column => row[column].IsNull ? "null" : ScalarText.Format(row[column]))))));

    private static string Shorten(string text) => text.Length <= 600 ? text : text[..600] + "…";
}
