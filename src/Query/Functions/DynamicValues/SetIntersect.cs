namespace Bongsu.Query.Functions.DynamicValues;

/// <summary>What is in all of the arrays.</summary>
internal sealed class SetIntersect() : SetFunction<SetIntersect.Rule>("set_intersect")
{
    internal readonly struct Rule : ISetRule
    {
        public static IEnumerable<byte[]> Combine(DynamicSet[] sets) =>
            sets[0].Values.Where(value => sets.Skip(1).All(set => set.Contains(value)));
    }
}
