namespace Bongsu.Query.Functions.DynamicValues;

/// <summary>What is in any of the arrays.</summary>
internal sealed class SetUnion() : SetFunction<SetUnion.Rule>("set_union")
{
    internal readonly struct Rule : ISetRule
    {
        public static IEnumerable<byte[]> Combine(DynamicSet[] sets)
        {
            foreach (byte[] value in sets.Skip(1).SelectMany(set => set.Values))
            {
                sets[0].Add(value);
            }

            return sets[0].Values;
        }
    }
}
