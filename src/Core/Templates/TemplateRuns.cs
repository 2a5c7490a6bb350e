using Bongsu.Core.Vectors;

namespace Bongsu.Core.Templates;

/// <summary>Collects runs of rows of several texts. In a run the rows of one template have their variables side by side: they are
/// copied together.</summary>
internal static class TemplateRuns
{
    /// <summary>The rows of the runs, one after the other; loads all variables.</summary>
    /// <param name="texts">Where they come from.</param>
    /// <param name="runs">Which rows.</param>
    /// <param name="rowCount">How many there are in all.</param>
    public static TemplateText Gather(TemplateText[] texts, ReadOnlySpan<RowRun> runs, int rowCount)
    {
        (Template[] templates, int[][] maps) = TemplateText.Unite(texts);
        int[] codes = GC.AllocateUninitializedArray<int>(rowCount);
        RowRun[] pieces = Pieces(texts, maps, runs, codes, templates.Length, out int[] starts);
        return new TemplateText(templates, codes, rowCount, (template, slot) =>
            Load(texts, maps, template, slot, pieces.AsSpan(starts[template], starts[template + 1] - starts[template]))).LoadAll();
    }

    // By template the places of its variables, as runs of ranks; fills in the codes.
    private static RowRun[] Pieces(
        TemplateText[] texts, int[][] maps, ReadOnlySpan<RowRun> runs, Span<int> codes, int templateCount, out int[] starts)
    {
        var met = new List<RowRun>();
        var templates = new List<int>();
        int[] ranks = new int[templateCount];
        int[] counts = new int[templateCount];
        var touched = new List<int>();
        int next = 0;
        starts = new int[templateCount + 1];
        foreach (RowRun run in runs)
        {
            int[] map = maps[run.Source];
            int[] rankOf = texts[run.Source].Ranks;
            int row = run.Start;
            foreach (int stored in texts[run.Source].Codes.Slice(run.Start, run.Count))
            {
                int code = map[stored];
                codes[next++] = code;
                if (counts[code]++ == 0)
                {
                    ranks[code] = rankOf[row];
                    touched.Add(code);
                }

                row++;
            }

            foreach (int template in touched)
            {
                met.Add(new RowRun(run.Source, ranks[template], counts[template]));
                templates.Add(template);
                counts[template] = 0;
                starts[template + 1]++;
            }

            touched.Clear();
        }

        for (int template = 0; template < templateCount; template++)
        {
            starts[template + 1] += starts[template];
        }

        var pieces = new RowRun[met.Count];
        int[] places = starts.AsSpan(0, templateCount).ToArray();
        for (int piece = 0; piece < pieces.Length; piece++)
        {
            pieces[places[templates[piece]]++] = met[piece];
        }

        return pieces;
    }

    private static VariableColumn Load(TemplateText[] texts, int[][] maps, int template, int slot, ReadOnlySpan<RowRun> pieces)
    {
        if (pieces.IsEmpty)
        {
            return VariableColumn.OfTexts(StringVector.Constant(default, 0));
        }

        // Only of texts that have rows here: another's variables may be of another kind.
        var columns = new VariableColumn?[texts.Length];
        int count = 0;
        foreach (RowRun piece in pieces)
        {
            columns[piece.Source] ??= texts[piece.Source].Slot(Array.IndexOf(maps[piece.Source], template), slot);
            count += piece.Count;
        }

        VariableColumn any = columns[pieces[0].Source]!;
        return VariableColumn.Gather(Array.ConvertAll(columns, column => column ?? any), pieces, count);
    }
}
