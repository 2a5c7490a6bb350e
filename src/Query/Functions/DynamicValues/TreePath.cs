using System.Text;
using Bongsu.Core.Dynamic;
using Bongsu.Core.Vectors;
using Bongsu.Query.Functions.Kernels;

namespace Bongsu.Query.Functions.DynamicValues;

/// <summary>The paths of all that is inside a dynamic, as an array of strings.</summary>
internal sealed class TreePath() : RowFunction<DynamicVectorBuilder, TreePath.Operation>(
    "treepath(object:dynamic) -> dynamic")
{
    internal readonly struct Operation : IRowOperation<DynamicVectorBuilder>
    {
        public void Append(in Row row, DynamicVectorBuilder output)
        {
            DynamicWriter writer = row.Scratch.Writer;
            var seen = new HashSet<string>(StringComparer.Ordinal);
            writer.BeginArray();
            Write(row.Dynamic(0), "", seen, writer);
            writer.EndArray();
            output.Append(writer.Written);
        }

        // All elements of an array share one path, with index 0.
        private static void Write(DynamicReader value, string path, HashSet<string> seen, DynamicWriter writer)
        {
            for (int index = 0; index < value.Count; index++)
            {
                bool isBag = value.Kind == DynamicKind.Bag;
                string inner = isBag ? $"{path}['{Encoding.UTF8.GetString(value.KeyAt(index))}']" : $"{path}[0]";
                if (seen.Add(inner))
                {
                    writer.WriteString(inner);
                }

                Write(isBag ? value.ValueAt(index) : value.ElementAt(index), inner, seen, writer);
            }
        }
    }
}
