using System.Text;
using Bongsu.Core.Dynamic;
using Bongsu.Core.Vectors;
using Bongsu.Query.Functions.Kernels;

namespace Bongsu.Query.Functions.DynamicValues;

/// <summary>Whether a bag has a key, or a path such as <c>$.a.b</c> leads somewhere.</summary>
internal sealed class BagHasKey() : RowFunction<FixedVectorBuilder<bool>, BagHasKey.Operation>(
    "bag_has_key(bag:dynamic, key:string) -> bool")
{
    internal readonly struct Operation : IRowOperation<FixedVectorBuilder<bool>>
    {
        public void Append(in Row row, FixedVectorBuilder<bool> output)
        {
            DynamicReader bag = row.Dynamic(0);
            ReadOnlySpan<byte> key = row.Text(1);
            bool isPath = !key.IsEmpty && key[0] == '$';
            output.Append(isPath
                ? JsonPath.TryParse(Encoding.UTF8.GetString(key))?.TryFollow(bag, out _) == true
                : bag.TryGetProperty(key, out _));
        }
    }
}
