using Bongsu.Core.Vectors;

namespace Bongsu.Query.Functions.Matching;

/// <summary>The rows of templated text that may match, and one that does not: what the others give, it gives.</summary>
/// <remarks>Only these rows need be written out.</remarks>
internal sealed class CandidateRows
{
    private CandidateRows(int[] rows, int[] places)
    {
        Rows = rows;
        Places = places;
    }

    /// <summary>The rows to be looked at, ascending but for the last, which does not match.</summary>
    public int[] Rows { get; }

    /// <summary>By row where among <see cref="Rows"/> its result stands.</summary>
    public int[] Places { get; }

    /// <summary>The candidates, or null where text is not in templates or nearly all of it may match.</summary>
    public static CandidateRows? TryFind(TextMarker? marker, StringVector text)
    {
        if (marker is null || text.Templates is null || !marker.ReadsTemplates)
        {
            return null;
        }

        bool[] hits = new bool[text.Length];
        marker.Mark(text, hits);
        int count = hits.AsSpan().Count(true);
        if (count > text.Length - (text.Length / 8) - 1)
        {
            return null;
        }

        int[] rows = new int[count + 1];
        int[] places = new int[text.Length];
        rows[count] = Array.IndexOf(hits, false);
        int place = 0;
        for (int row = 0; row < hits.Length; row++)
        {
            if (hits[row])
            {
                rows[place] = row;
            }

            places[row] = hits[row] ? place++ : count;
        }

        return new CandidateRows(rows, places);
    }

    /// <summary>Results of <see cref="Rows"/> as results of all rows.</summary>
    public Vector Spread(Vector results) =>
        results is StringVector { IsConstant: false, IsDictionary: false } texts
            ? new StringVector(texts.Values, Places, Places.Length)
            : results.IsConstant ? results.WithLength(Places.Length) : results.Gather(Places);
}
