using Bongsu.Core.Templates;
using Bongsu.Core.Types;
using Bongsu.Core.Vectors;
using Bongsu.Query.Functions.Kernels;

namespace Bongsu.Query.Functions.Templates;

/// <summary>A function of the template that a text was given when it came in.</summary>
/// <remarks>Read from how the text is kept. Text without one has <see cref="Template.Any"/>: nothing is split here.</remarks>
internal abstract class TemplateFunction : SignedFunction
{
    protected TemplateFunction(string signature)
        : base(signature)
    {
    }

    protected override ScalarKernel Create(IReadOnlyList<ScalarArgument> arguments, ScalarType[] types) => new Kernel(this);

    /// <summary>The results by row.</summary>
    /// <param name="templates">The templates.</param>
    /// <param name="codes">By row the index of its template; owned by the result.</param>
    protected abstract Vector Results(IReadOnlyList<Template> templates, int[] codes);

    private sealed class Kernel(TemplateFunction function) : ScalarKernel(function.ResultType, ScalarType.String)
    {
        public override Vector Evaluate(ReadOnlySpan<Vector> arguments, int rowCount, EvaluationContext context)
        {
            if (((StringVector)arguments[0]).Templates is not { } text)
            {
                return Vector.Constant(function.Results([Template.Any], new int[1]).GetScalar(0), rowCount);
            }

            var templates = new Template[text.TemplateCount];
            for (int template = 0; template < templates.Length; template++)
            {
                templates[template] = text.TemplateAt(template);
            }

            return function.Results(templates, text.Codes.ToArray());
        }
    }
}
