using System.Buffers;
using System.Text;
using Bongsu.Core.Dynamic;
using Bongsu.Core.Text;
using Bongsu.Core.Vectors;
using Bongsu.Query.Functions.Kernels;

namespace Bongsu.Query.Functions.Text;

/// <summary>Replaces several texts at once: earlier lookups win over later ones, and what was put in is not looked at
/// again.</summary>
internal sealed class ReplaceStrings() : RowFunction<StringVectorBuilder, ReplaceStrings.Operation>(
    "replace_strings(source:string, lookups:dynamic, replacements:dynamic) -> string")
{
    internal readonly struct Operation : IRowOperation<StringVectorBuilder>
    {
        public void Append(in Row row, StringVectorBuilder output)
        {
            ReadOnlySpan<byte> source = row.Text(0);
            DynamicReader lookups = row.Dynamic(1);
            DynamicReader replacements = row.Dynamic(2);
            if (lookups.Kind != DynamicKind.Array || replacements.Kind != DynamicKind.Array || lookups.Count != replacements.Count)
            {
                throw new FunctionException("replace_strings() expects two arrays of the same length", 2);
            }

            // For each byte the lookup that begins there, or that covers it.
            int[] claims = new int[source.Length];
            for (int lookup = 0; lookup < lookups.Count; lookup++)
            {
                Claim(source, Encoding.UTF8.GetBytes(ScalarText.FormatDynamic(lookups.ElementAt(lookup))), lookup + 1, claims);
            }

            var text = new ArrayBufferWriter<byte>();
            for (int index = 0; index < source.Length; index++)
            {
                if (claims[index] == 0)
                {
                    text.Write(source.Slice(index, 1));
                }
                else if (claims[index] > 0)
                {
                    text.Write(Encoding.UTF8.GetBytes(ScalarText.FormatDynamic(replacements.ElementAt(claims[index] - 1))));
                }
            }

            output.Append(text.WrittenSpan);
        }

        private static void Claim(ReadOnlySpan<byte> source, ReadOnlySpan<byte> lookup, int mark, int[] claims)
        {
            int from = 0;
            while (!lookup.IsEmpty && from < source.Length && source[from..].IndexOf(lookup) is >= 0 and var found)
            {
                Span<int> covered = claims.AsSpan(from + found, lookup.Length);
                if (covered.IndexOfAnyExcept(0) >= 0)
                {
                    from += found + 1;
                    continue;
                }

                covered.Fill(-1);
                covered[0] = mark;
                from += found + lookup.Length;
            }
        }
    }
}
