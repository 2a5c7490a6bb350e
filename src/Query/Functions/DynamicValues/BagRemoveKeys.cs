using Bongsu.Core.Dynamic;
using Bongsu.Core.Text;
using Bongsu.Core.Vectors;
using Bongsu.Query.Functions.Kernels;

namespace Bongsu.Query.Functions.DynamicValues;

/// <summary>A bag without some keys, which may be paths such as <c>$.a.b</c>.</summary>
internal sealed class BagRemoveKeys() : RowFunction<DynamicVectorBuilder, BagRemoveKeys.Operation>(
    "bag_remove_keys(bag:dynamic, keys:dynamic) -> dynamic")
{
    internal readonly struct Operation : IRowOperation<DynamicVectorBuilder>
    {
        public void Append(in Row row, DynamicVectorBuilder output)
        {
            DynamicReader bag = row.Dynamic(0);
            DynamicReader keys = row.Dynamic(1);
            if (bag.Kind != DynamicKind.Bag || keys.Kind != DynamicKind.Array)
            {
                output.AppendNull();
                return;
            }

            List<JsonPath> paths = [];
            for (int index = 0; index < keys.Count; index++)
            {
                if (JsonPath.TryParse(ScalarText.FormatDynamic(keys.ElementAt(index))) is { Steps.Count: > 0 } path)
                {
                    paths.Add(path);
                }
            }

            DynamicWriter writer = row.Scratch.Writer;
            Write(bag, paths, 0, writer);
            output.Append(writer.Written);
        }

        // The paths are those that lead through here; their steps from depth on are still to go.
        private static void Write(DynamicReader value, List<JsonPath> paths, int depth, DynamicWriter writer)
        {
            if (value.Kind != DynamicKind.Bag || paths.Count == 0)
            {
                writer.WriteValue(value);
                return;
            }

            writer.BeginBag();
            for (int index = 0; index < value.Count; index++)
            {
                byte[] key = value.KeyAt(index).ToArray();
                List<JsonPath> through = paths.FindAll(path => path.Steps[depth].Name is { } name && name.AsSpan().SequenceEqual(key));
                if (!through.Exists(path => path.Steps.Count == depth + 1))
                {
                    writer.WriteKey(key);
                    Write(value.ValueAt(index), through, depth + 1, writer);
                }
            }

            writer.EndBag();
        }
    }
}
