using System.Text;
using Bongsu.Core.Dynamic;
using Bongsu.Core.Vectors;
using Bongsu.Query.Functions.Casts;
using Bongsu.Query.Functions.Kernels;

namespace Bongsu.Query.Functions.Text;

/// <summary>A text of code points, given one by one or in arrays; what is no code point is left out.</summary>
internal sealed class CodePointsToString() : RowFunction<StringVectorBuilder, CodePointsToString.Operation>(
    "unicode_codepoints_to_string(codepoints:any+) -> string", "make_string")
{
    internal readonly struct Operation : IRowOperation<StringVectorBuilder>
    {
        public static bool TakesNulls => true;

        public void Append(in Row row, StringVectorBuilder output)
        {
            DynamicWriter writer = row.Scratch.Writer;
            writer.BeginArray();
            for (int argument = 0; argument < row.Count; argument++)
            {
                writer.WriteValue(row[argument], row.Index);
            }

            writer.EndArray();
            var text = new StringBuilder();
            Add(new DynamicReader(writer.Written), text);
            output.Append(text.ToString());
        }

        private static void Add(DynamicReader value, StringBuilder text)
        {
            if (value.Kind == DynamicKind.Array)
            {
                for (int index = 0; index < value.Count; index++)
                {
                    Add(value.ElementAt(index), text);
                }
            }
            else if (value.Kind is DynamicKind.Long or DynamicKind.Real && LongParser.TryConvert(value, out long code)
                && code is >= 0 and <= 0x10FFFF && Rune.IsValid((int)code))
            {
                text.Append(new Rune((int)code).ToString());
            }
        }
    }
}
