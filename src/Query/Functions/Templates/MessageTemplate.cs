using Bongsu.Core.Templates;
using Bongsu.Core.Vectors;

namespace Bongsu.Query.Functions.Templates;

/// <summary>The template of a stored message, variables written <c>&lt;*&gt;</c>; of the column <c>message</c>, if no
/// other is named.</summary>
internal sealed class MessageTemplate() : TemplateFunction("message_template(text:string) -> string")
{
    protected override Vector Results(IReadOnlyList<Template> templates, int[] codes)
    {
        var texts = new StringVectorBuilder();
        foreach (Template template in templates)
        {
            texts.Append(template.Text);
        }

        return new StringVector(((StringVector)texts.Build()).Values, codes, codes.Length);
    }
}
