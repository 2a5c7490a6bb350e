using System.Text;
using Bongsu.Core.Dynamic;
using Bongsu.Core.Text;
using Bongsu.Core.Vectors;
using Bongsu.Query.Functions.Kernels;

namespace Bongsu.Query.Functions.Text;

/// <summary>The elements of an array as text, with a delimiter between them.</summary>
internal sealed class StrCatArray() : RowFunction<StringVectorBuilder, StrCatArray.Operation>(
    "strcat_array(array:dynamic, delimiter:text) -> string", "array_strcat")
{
    internal readonly struct Operation : IRowOperation<StringVectorBuilder>
    {
        public void Append(in Row row, StringVectorBuilder output)
        {
            DynamicReader array = row.Dynamic(0);
            string delimiter = Encoding.UTF8.GetString(row.Text(1));
            var text = new StringBuilder();
            for (int index = 0, count = array.Kind == DynamicKind.Array ? array.Count : 0; index < count; index++)
            {
                text.Append(index > 0 ? delimiter : "").Append(ScalarText.FormatDynamic(array.ElementAt(index)));
            }

            output.Append(text.ToString());
        }
    }
}
