using System.Text;
using Bongsu.Core.Dynamic;
using Bongsu.Core.Text;
using Bongsu.Core.Vectors;
using Bongsu.Query.Functions.Kernels;
using Bongsu.Query.Functions.Matching;

namespace Bongsu.Query.Functions.Text;

/// <summary>Place in an array of the first term that a text has; -1 where it has none.</summary>
internal sealed class HasAnyIndex() : RowFunction<FixedVectorBuilder<long>, HasAnyIndex.Operation>(
    "has_any_index(source:string, values:dynamic) -> long")
{
    internal readonly struct Operation : IRowOperation<FixedVectorBuilder<long>>
    {
        public void Append(in Row row, FixedVectorBuilder<long> output)
        {
            DynamicReader values = row.Dynamic(1);
            int count = values.Kind == DynamicKind.Array ? values.Count : 0;
            for (int index = 0; index < count; index++)
            {
                byte[] term = Encoding.UTF8.GetBytes(ScalarText.FormatDynamic(values.ElementAt(index)));
                if (new SubstringMatcher(term, SubstringRule.IgnoreCase | SubstringRule.TermStart | SubstringRule.TermEnd).Matches(row.Text(0)))
                {
                    output.Append(index);
                    return;
                }
            }

            output.Append(-1);
        }
    }
}
