using Bongsu.Core.Templates;
using Bongsu.Core.Vectors;

namespace Bongsu.Core.Encodings;

/// <summary>A row of each template of a block, without its variables: what is found out about such a row while nobody asks
/// for a variable holds for all rows of its template. One thread.</summary>
public sealed class TemplateSample
{
    private readonly VariableShape[] _shapes;
    private readonly int[] _firstSlots;

    /// <summary>A sample.</summary>
    /// <param name="directory">The templates.</param>
    /// <param name="mayContain">What is known of the text variables; or null.</param>
    public TemplateSample(TemplateDirectory directory, TextQuestion? mayContain)
    {
        Template[] templates = directory.Templates;
        _shapes = directory.Shapes;
        _firstSlots = new int[templates.Length];
        for (int template = 1; template < templates.Length; template++)
        {
            _firstSlots[template] = _firstSlots[template - 1] + templates[template - 1].SlotCount;
        }

        int[] codes = [.. Enumerable.Range(0, templates.Length)];
        Rows = new StringVector(new TemplateText(templates, codes, codes.Length, Load, Shape) { MayVariablesContain = mayContain });
    }

    /// <summary>A row of each template.</summary>
    public StringVector Rows { get; }

    /// <summary>True once a variable was asked for: what was found out then means nothing.</summary>
    public bool IsSpoilt { get; private set; }

    // Something of the right kind.
    private VariableColumn Load(int template, int slot)
    {
        IsSpoilt = true;
        VariableShape shape = Shape(template, slot);
        return shape.Kind == VariableKind.Text
            ? VariableColumn.OfTexts(StringVector.Of(""))
            : VariableColumn.OfNumbers(shape.Kind, shape.Digits, [0], 1);
    }

    private VariableShape Shape(int template, int slot) => _shapes[_firstSlots[template] + slot];
}
