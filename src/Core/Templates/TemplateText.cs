using Bongsu.Core.Encodings;
using Bongsu.Core.Vectors;

namespace Bongsu.Core.Templates;

/// <summary>Texts of n rows as templates and variables. Immutable; any number of threads.</summary>
/// <remarks>Slots may be decoded when they are first asked for, which can find damage:
/// <see cref="Encodings.CorruptDataException"/> (members that give variables or text).</remarks>
public sealed class TemplateText
{
    // Of fewer than one row of so many a gathering looks at those rows only.
    private const int FewShare = 16;

    // Counting the rows of one template costs a part of what it costs to rank all rows.
    private const int MaxCountedTemplates = 16;

    private readonly Template[] _templates;
    private readonly int[] _codes;
    private readonly VariableColumn?[][] _slots;
    private readonly Func<int, int, VariableShape>? _shape;
    private readonly SlotPicker? _pick;
    private Func<int, int, VariableColumn>? _load;
    private Rows? _rows;
    private int[]? _ranks;

    /// <summary>Takes ownership of all arrays.</summary>
    /// <param name="templates">Distinct templates; not all need be used.</param>
    /// <param name="codes">By row the index of its template.</param>
    /// <param name="length">Number of rows.</param>
    /// <param name="slots">By template and slot the variables of the template's rows, in the order of rows.</param>
    public TemplateText(Template[] templates, int[] codes, int length, VariableColumn[][] slots)
    {
        _templates = templates;
        _codes = codes;
        _slots = slots;
        Length = length;
    }

    /// <summary>Variables that are loaded when they are first asked for.</summary>
    /// <param name="templates">Distinct templates; not all need be used.</param>
    /// <param name="codes">By row the index of its template.</param>
    /// <param name="length">Number of rows.</param>
    /// <param name="load">Gives the variables of a template and slot; may be called more than once, from any
    /// thread.</param>
    /// <param name="shape">Gives their shape without loading them, where that can be had.</param>
    /// <param name="pick">Gives some of them without keeping the others; null = they are picked of what is
    /// loaded.</param>
    public TemplateText(
        Template[] templates,
        int[] codes,
        int length,
        Func<int, int, VariableColumn> load,
        Func<int, int, VariableShape>? shape = null,
        SlotPicker? pick = null)
    {
        _pick = pick;
        _templates = templates;
        _codes = codes;
        _slots = Array.ConvertAll(templates, template => new VariableColumn?[template.SlotCount]);
        _load = load;
        _shape = shape;
        Length = length;
    }

    /// <summary>Number of rows.</summary>
    public int Length { get; }

    /// <summary>False only where all text variables are whole code points, and none of them contains a text in any case;
    /// null where nobody knows.</summary>
    public TextQuestion? MayVariablesContain { get; init; }

    /// <summary>Reads what variables are decoded from, where that waits until one is asked for.</summary>
    internal SlotBytes? Source { get; init; }

    /// <summary>Number of templates, used or not.</summary>
    public int TemplateCount => _templates.Length;

    /// <summary>By row the index of its template.</summary>
    public ReadOnlySpan<int> Codes => _codes.AsSpan(0, Length);

    // By row its place among the rows of its template.
    internal int[] Ranks => _ranks ??= Rank();

    /// <summary>Bytes in memory, about.</summary>
    public long SizeBytes
    {
        get
        {
            long sizeBytes = 4L * Length;
            foreach (VariableColumn?[] slots in _slots)
            {
                foreach (VariableColumn? slot in slots)
                {
                    sizeBytes += slot?.SizeBytes ?? 0;
                }
            }

            return sizeBytes;
        }
    }

    /// <summary>Bytes of the text of all rows.</summary>
    public long TextBytes
    {
        get
        {
            long textBytes = 0;
            for (int template = 0; template < _templates.Length; template++)
            {
                int rowCount = RowsOf(template).Length;
                textBytes += (long)_templates[template].PieceBytes * rowCount;
                for (int slot = 0; slot < _slots[template].Length && rowCount > 0; slot++)
                {
                    textBytes += Slot(template, slot).TextBytes;
                }
            }

            return textBytes;
        }
    }

    /// <summary>False only where no row is the empty text.</summary>
    public bool MayHaveEmpty
    {
        get
        {
            for (int template = 0; template < _templates.Length; template++)
            {
                if (_templates[template].PieceBytes == 0 && !RowsOf(template).IsEmpty)
                {
                    return true;
                }
            }

            return false;
        }
    }

    /// <summary>A template by its index.</summary>
    public Template TemplateAt(int template) => _templates[template];

    /// <summary>The rows of a template, ascending.</summary>
    public ReadOnlySpan<int> RowsOf(int template)
    {
        Rows rows = _rows ??= SortRows();
        return rows.ByTemplate.AsSpan(rows.Starts[template], rows.Starts[template + 1] - rows.Starts[template]);
    }

    /// <summary>The variables of a slot, in the order of <see cref="RowsOf"/>.</summary>
    public VariableColumn Slot(int template, int slot)
    {
        Func<int, int, VariableColumn>? load = _load;
        return _slots[template][slot] ??= load!(template, slot);
    }

    /// <summary>The shape of a slot's variables; loads them only where there is no other way.</summary>
    public VariableShape ShapeOf(int template, int slot)
    {
        if (_slots[template][slot] is null && _shape is not null)
        {
            return _shape(template, slot);
        }

        VariableColumn variables = Slot(template, slot);
        return new VariableShape(variables.Kind, variables.Digits);
    }

    /// <summary>Makes sure that what variables are decoded from is read, and whole.</summary>
    public void Open() => Source?.Open();

    /// <summary>Loads what is not loaded and lets go of where it comes from; returns itself.</summary>
    public TemplateText LoadAll()
    {
        for (int template = 0; template < _templates.Length; template++)
        {
            for (int slot = 0; slot < _slots[template].Length; slot++)
            {
                _ = Slot(template, slot);
            }
        }

        _load = null;
        return this;
    }

    /// <summary>The text of all rows.</summary>
    public Utf8Values Render()
    {
        var columns = new VariableColumn[_templates.Length][];
        int[] longest = new int[_templates.Length];
        for (int template = 0; template < columns.Length; template++)
        {
            columns[template] = new VariableColumn[_templates[template].SlotCount];
            longest[template] = _templates[template].PieceBytes;
            for (int slot = 0; slot < columns[template].Length && !RowsOf(template).IsEmpty; slot++)
            {
                columns[template][slot] = Slot(template, slot);
                longest[template] = checked(longest[template] + columns[template][slot].MaxBytes);
            }
        }

        var buffer = new Utf8Buffer(Length);
        int[] next = new int[_templates.Length];
        foreach (int code in Codes)
        {
            Span<byte> room = buffer.Reserve(longest[code]);
            buffer.Commit(Write(_templates[code], columns[code], next[code]++, room));
        }

        return buffer.Build();
    }

    /// <summary>The given rows, in the given order (repeats allowed); shares what is loaded later.</summary>
    public TemplateText Gather(ReadOnlySpan<int> rows) => IsFew(rows.Length) ? GatherFew(rows) : GatherMany(rows);

    /// <summary>Whether so many rows are gathered without a look at the others.</summary>
    public bool IsFew(int rowCount) => rowCount < Length / FewShare;

    /// <summary>Rows of several texts: row i is <c>texts[sources[i]]</c>'s row <c>rows[i]</c>.</summary>
    /// <remarks>Loads from them when it is asked; <see cref="LoadAll"/> cuts the tie.</remarks>
    public static TemplateText Gather(IReadOnlyList<TemplateText> texts, ReadOnlySpan<int> sources, ReadOnlySpan<int> rows)
    {
        (Template[] templates, int[][] maps) = Unite(texts);
        int[][] ranks = [.. texts.Select(text => text.Ranks)];
        int[][] stored = [.. texts.Select(text => text._codes)];
        int[] codes = GC.AllocateUninitializedArray<int>(rows.Length);
        int[] starts = new int[templates.Length + 1];
        for (int row = 0; row < codes.Length; row++)
        {
            int source = sources[row];
            int code = maps[source][stored[source][rows[row]]];
            codes[row] = code;
            starts[code + 1]++;
        }

        for (int template = 0; template < templates.Length; template++)
        {
            starts[template + 1] += starts[template];
        }

        int[] next = starts.AsSpan(0, templates.Length).ToArray();
        int[] fromTexts = GC.AllocateUninitializedArray<int>(rows.Length);
        int[] fromRanks = GC.AllocateUninitializedArray<int>(rows.Length);
        for (int row = 0; row < codes.Length; row++)
        {
            int source = sources[row];
            int place = next[codes[row]]++;
            fromTexts[place] = source;
            fromRanks[place] = ranks[source][rows[row]];
        }

        return new TemplateText(templates, codes, codes.Length, (template, slot) =>
        {
            int count = starts[template + 1] - starts[template];
            return Load(texts, maps, template, slot, fromTexts.AsSpan(starts[template], count), fromRanks.AsSpan(starts[template], count));
        });
    }

    /// <summary>Texts as they are: one template that is all variable.</summary>
    public static TemplateText OfPlain(StringVector texts) =>
        new([Template.Any], new int[texts.Length], texts.Length, [[VariableColumn.OfTexts(texts)]]);

    private TemplateText GatherMany(ReadOnlySpan<int> rows)
    {
        int[] ranks = Ranks;
        int[] codes = GC.AllocateUninitializedArray<int>(rows.Length);
        int[] starts = new int[_templates.Length + 1];
        for (int row = 0; row < codes.Length; row++)
        {
            int code = _codes[rows[row]];
            codes[row] = code;
            starts[code + 1]++;
        }

        for (int template = 0; template < _templates.Length; template++)
        {
            starts[template + 1] += starts[template];
        }

        int[] next = starts.AsSpan(0, _templates.Length).ToArray();
        int[] picked = GC.AllocateUninitializedArray<int>(rows.Length);
        for (int row = 0; row < codes.Length; row++)
        {
            picked[next[codes[row]]++] = ranks[rows[row]];
        }

        return new TemplateText(_templates, codes, codes.Length, (template, slot) =>
        {
            ReadOnlySpan<int> chosen = picked.AsSpan(starts[template], starts[template + 1] - starts[template]);
            return chosen.IsEmpty ? VariableColumn.OfTexts(StringVector.Constant(default, 0)) : Slot(template, slot).Gather(chosen);
        });
    }

    // Only templates that the rows have.
    private TemplateText GatherFew(ReadOnlySpan<int> rows)
    {
        var order = new (int Code, int Row, int Index)[rows.Length];
        for (int index = 0; index < order.Length; index++)
        {
            order[index] = (_codes[rows[index]], rows[index], index);
        }

        Array.Sort(order);
        int[] ranks = RanksOf(order);
        var templates = new List<int>();
        var starts = new List<int>();
        int[] codes = new int[rows.Length];
        for (int place = 0; place < order.Length; place++)
        {
            if (place == 0 || order[place].Code != order[place - 1].Code)
            {
                templates.Add(order[place].Code);
                starts.Add(place);
            }

            codes[order[place].Index] = templates.Count - 1;
        }

        starts.Add(order.Length);
        int[][] ranksOf = new int[templates.Count][];
        int[][] rowsOf = new int[templates.Count][];
        for (int template = 0; template < ranksOf.Length; template++)
        {
            // In the order in which they were asked for.
            Range range = starts[template]..starts[template + 1];
            int[] indexes = Array.ConvertAll(order[range], picked => picked.Index);
            ranksOf[template] = ranks[range];
            rowsOf[template] = Array.ConvertAll(order[range], picked => picked.Row);
            Array.Sort((int[])indexes.Clone(), ranksOf[template]);
            Array.Sort(indexes, rowsOf[template]);
        }

        return new TemplateText(
            templates.ConvertAll(template => _templates[template]).ToArray(),
            codes,
            codes.Length,
            (template, slot) => Pick(templates[template], slot, ranksOf[template], rowsOf[template]));
    }

    private VariableColumn Pick(int template, int slot, int[] ranks, int[] rows) =>
        _pick is not null && _slots[template][slot] is null
            ? _pick(template, slot, ranks, rows)
            : Slot(template, slot).Gather(ranks);

    // Of rows by template and row the place of each among the rows of its template.
    private int[] RanksOf((int Code, int Row, int Index)[] order)
    {
        int[] found = new int[order.Length];
        int templateCount = 0;
        for (int place = 0; place < order.Length; place++)
        {
            templateCount += place == 0 || order[place].Code != order[place - 1].Code ? 1 : 0;
        }

        if (_ranks is null && templateCount <= MaxCountedTemplates)
        {
            (int previous, int counted, int rank) = (-1, 0, 0);
            for (int place = 0; place < order.Length; place++)
            {
                (int code, int row, _) = order[place];
                (previous, counted, rank) = code == previous ? (code, counted, rank) : (code, 0, 0);
                rank += _codes.AsSpan(counted, row - counted).Count(code);
                counted = row;
                found[place] = rank;
            }

            return found;
        }

        int[] ranks = Ranks;
        return Array.ConvertAll(order, picked => ranks[picked.Row]);
    }

    private static VariableColumn Load(
        IReadOnlyList<TemplateText> texts,
        int[][] maps,
        int template,
        int slot,
        ReadOnlySpan<int> sources,
        ReadOnlySpan<int> ranks)
    {
        if (sources.IsEmpty)
        {
            return VariableColumn.OfTexts(StringVector.Constant(default, 0));
        }

        // Only of texts that have rows here: another's variables may be of another kind.
        var columns = new VariableColumn?[texts.Count];
        int previous = -1;
        foreach (int source in sources)
        {
            if (source != previous)
            {
                columns[source] ??= texts[source].Slot(Array.IndexOf(maps[source], template), slot);
                previous = source;
            }
        }

        VariableColumn first = columns[previous]!;
        return VariableColumn.Gather(Array.ConvertAll(columns, column => column ?? first), sources, ranks);
    }

    // The distinct templates of all texts, and for each text where its templates are among them.
    internal static (Template[] Templates, int[][] Maps) Unite(IReadOnlyList<TemplateText> texts)
    {
        if (texts.Count == 1)
        {
            return (texts[0]._templates, [[.. Enumerable.Range(0, texts[0].TemplateCount)]]);
        }

        var templates = new List<Template>();
        var indexes = new Dictionary<Template, int>();
        int[][] maps = new int[texts.Count][];
        for (int text = 0; text < maps.Length; text++)
        {
            maps[text] = new int[texts[text].TemplateCount];
            for (int template = 0; template < maps[text].Length; template++)
            {
                Template known = texts[text]._templates[template];
                if (!indexes.TryGetValue(known, out int index))
                {
                    index = templates.Count;
                    indexes.Add(known, index);
                    templates.Add(known);
                }

                maps[text][template] = index;
            }
        }

        return ([.. templates], maps);
    }

    private static int Write(Template template, VariableColumn[] columns, int rank, Span<byte> destination)
    {
        ReadOnlySpan<byte> piece = template.Piece(0);
        piece.CopyTo(destination);
        int written = piece.Length;
        for (int slot = 0; slot < columns.Length; slot++)
        {
            written += columns[slot].Format(rank, destination[written..]);
            piece = template.Piece(slot + 1);
            piece.CopyTo(destination[written..]);
            written += piece.Length;
        }

        return written;
    }

    private Rows SortRows()
    {
        int[] starts = new int[_templates.Length + 1];
        foreach (int code in Codes)
        {
            starts[code + 1]++;
        }

        for (int template = 0; template < _templates.Length; template++)
        {
            starts[template + 1] += starts[template];
        }

        int[] next = starts.AsSpan(0, _templates.Length).ToArray();
        int[] rows = GC.AllocateUninitializedArray<int>(Length);
        for (int row = 0; row < rows.Length; row++)
        {
            rows[next[_codes[row]]++] = row;
        }

        return new Rows(starts, rows);
    }

    private int[] Rank()
    {
        int[] next = new int[_templates.Length];
        int[] ranks = GC.AllocateUninitializedArray<int>(Length);
        for (int row = 0; row < ranks.Length; row++)
        {
            ranks[row] = next[_codes[row]]++;
        }

        return ranks;
    }

    private sealed record Rows(int[] Starts, int[] ByTemplate);
}
