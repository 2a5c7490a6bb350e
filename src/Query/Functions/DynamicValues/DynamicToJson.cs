using Bongsu.Core.Dynamic;
using Bongsu.Core.Text;
using Bongsu.Core.Types;
using Bongsu.Core.Vectors;
using Bongsu.Query.Functions.Kernels;

namespace Bongsu.Query.Functions.DynamicValues;

/// <summary>Canonical JSON text: the keys of bags in order, so that equal values print alike.</summary>
internal sealed class DynamicToJson() : RowFunction<StringVectorBuilder, DynamicToJson.Operation>(
    "dynamic_to_json(value:any) -> string")
{
    protected override ScalarKernel Create(IReadOnlyList<ScalarArgument> arguments, ScalarType[] types) =>
        new RowKernel<StringVectorBuilder, Operation>(default, ScalarType.String, ScalarType.Dynamic);

    internal readonly struct Operation : IRowOperation<StringVectorBuilder>
    {
        public void Append(in Row row, StringVectorBuilder output)
        {
            DynamicWriter writer = row.Scratch.Writer;
            WriteSorted(row.Dynamic(0), writer);
            output.Append(ScalarText.FormatJson(new DynamicReader(writer.Written)));
        }

        private static void WriteSorted(DynamicReader value, DynamicWriter writer)
        {
            if (value.Kind == DynamicKind.Array)
            {
                writer.BeginArray();
                for (int index = 0; index < value.Count; index++)
                {
                    WriteSorted(value.ElementAt(index), writer);
                }

                writer.EndArray();
            }
            else if (value.Kind == DynamicKind.Bag)
            {
                byte[][] keys = new byte[value.Count][];
                for (int index = 0; index < keys.Length; index++)
                {
                    keys[index] = value.KeyAt(index).ToArray();
                }

                Array.Sort(keys, static (left, right) => left.AsSpan().SequenceCompareTo(right));
                writer.BeginBag();
                foreach (byte[] key in keys)
                {
                    value.TryGetProperty(key, out DynamicReader property);
                    writer.WriteKey(key);
                    WriteSorted(property, writer);
                }

                writer.EndBag();
            }
            else
            {
                writer.WriteValue(value);
            }
        }
    }
}
