using Bongsu.Core.Templates;

namespace Bongsu.Core.Encodings;

/// <summary>What a block of templated text says of its templates, without the rows. Immutable.</summary>
public sealed class TemplateDirectory
{
    // About what an array element and an object take beside the text.
    private const int TemplateBytes = 160;
    private const int SlotBytes = 32;

    internal TemplateDirectory(Template[] templates, int[] rowCounts, VariableShape[] shapes, int[] slotEnds)
    {
        Templates = templates;
        RowCounts = rowCounts;
        Shapes = shapes;
        SlotEnds = slotEnds;
        SizeBytes = templates.Sum(template => TemplateBytes + (2L * template.Text.Length)) + ((long)SlotBytes * shapes.Length);
    }

    /// <summary>By template how many rows there are.</summary>
    public IReadOnlyList<int> RowCounts { get; }

    /// <summary>Memory it takes, about.</summary>
    public long SizeBytes { get; }

    /// <summary>The templates that rows have.</summary>
    internal Template[] Templates { get; }

    /// <summary>Of the slots, by template, then in their order.</summary>
    internal VariableShape[] Shapes { get; }

    /// <summary>Where the sections of slots end (<see cref="SlotSections"/>).</summary>
    internal int[] SectionEnds { get; init; } = [];

    /// <summary>Of the sections.</summary>
    internal uint[] SectionChecksums { get; init; } = [];

    /// <summary>Where in the directory's bytes the codes of the rows begin.</summary>
    internal int CodesOffset { get; init; }

    /// <summary>Where the bytes of each slot begin, and the last one's end.</summary>
    internal int[] SlotEnds { get; }
}
