namespace Bongsu.Query.Functions.DynamicValues;

/// <summary>What is in the first array and in none of the others.</summary>
internal sealed class SetDifference() : SetFunction<SetDifference.Rule>("set_difference")
{
    internal readonly struct Rule : ISetRule
    {
        public static IEnumerable<byte[]> Combine(DynamicSet[] sets) =>
            sets[0].Values.Where(value => !sets.Skip(1).Any(set => set.Contains(value)));
    }
}
