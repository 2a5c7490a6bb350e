using System.Text;
using Bongsu.Core.Vectors;
using Bongsu.Query.Functions.Kernels;

namespace Bongsu.Query.Functions.Text;

/// <summary>Replaces characters by others, position by position; the last replacement stands for those that are
/// missing.</summary>
internal sealed class Translate() : RowFunction<StringVectorBuilder, Translate.Operation>(
    "translate(search_list:string, replacement_list:string, source:string) -> string")
{
    internal readonly struct Operation : IRowOperation<StringVectorBuilder>
    {
        public void Append(in Row row, StringVectorBuilder output)
        {
            Rune[] search = Encoding.UTF8.GetString(row.Text(0)).EnumerateRunes().ToArray();
            Rune[] replacement = Encoding.UTF8.GetString(row.Text(1)).EnumerateRunes().ToArray();
            var text = new StringBuilder();
            foreach (Rune rune in Encoding.UTF8.GetString(row.Text(2)).EnumerateRunes())
            {
                int index = Array.IndexOf(search, rune);
                if (index < 0)
                {
                    text.Append(rune.ToString());
                }
                else if (replacement.Length > 0)
                {
                    text.Append(replacement[Math.Min(index, replacement.Length - 1)].ToString());
                }
            }

            output.Append(text.ToString());
        }
    }
}
