using System.Text;
using Bongsu.Core.Dynamic;
using Bongsu.Core.Vectors;
using Bongsu.Query.Functions.Kernels;

namespace Bongsu.Query.Functions.DynamicValues;

/// <summary>A bag with a key set, which may be a path such as <c>$.a.b</c>; bags on the way are made.</summary>
internal sealed class BagSetKey() : RowFunction<DynamicVectorBuilder, BagSetKey.Operation>(
    "bag_set_key(bag:dynamic, key:string, value:any) -> dynamic")
{
    internal readonly struct Operation : IRowOperation<DynamicVectorBuilder>
    {
        public static bool TakesNulls => true;

        public void Append(in Row row, DynamicVectorBuilder output)
        {
            DynamicReader bag = row.Dynamic(0);
            JsonPath? path = JsonPath.TryParse(Encoding.UTF8.GetString(row.Text(1)));
            if (bag.Kind != DynamicKind.Bag || path is null || path.Steps.Count == 0 || path.Steps.Any(step => step.Name is null))
            {
                output.AppendNull();
                return;
            }

            DynamicWriter writer = row.Scratch.Writer;
            Write(bag, path, 0, row, writer);
            output.Append(writer.Written);
        }

        private static void Write(DynamicReader value, JsonPath path, int depth, in Row row, DynamicWriter writer)
        {
            if (depth == path.Steps.Count)
            {
                writer.WriteValue(row[2], row.Index);
                return;
            }

            byte[] name = path.Steps[depth].Name!;
            bool isSet = false;
            writer.BeginBag();
            for (int index = 0, count = value.Kind == DynamicKind.Bag ? value.Count : 0; index < count; index++)
            {
                writer.WriteKey(value.KeyAt(index));
                if (value.KeyAt(index).SequenceEqual(name))
                {
                    isSet = true;
                    Write(value.ValueAt(index), path, depth + 1, row, writer);
                }
                else
                {
                    writer.WriteValue(value.ValueAt(index));
                }
            }

            if (!isSet)
            {
                writer.WriteKey(name);
                Write(default, path, depth + 1, row, writer);
            }

            writer.EndBag();
        }
    }
}
