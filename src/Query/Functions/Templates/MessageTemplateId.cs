using Bongsu.Core.Templates;
using Bongsu.Core.Types;
using Bongsu.Core.Vectors;

namespace Bongsu.Query.Functions.Templates;

/// <summary>The id of a stored message's template: a number that is the same everywhere and for ever.</summary>
internal sealed class MessageTemplateId() : TemplateFunction("message_template_id(text:string) -> long")
{
    protected override Vector Results(IReadOnlyList<Template> templates, int[] codes)
    {
        long[] ids = new long[codes.Length];
        for (int row = 0; row < ids.Length; row++)
        {
            ids[row] = unchecked((long)templates[codes[row]].Id);
        }

        return new FixedVector<long>(ScalarType.Long, ids, ids.Length);
    }
}
