namespace Bongsu.Query.Functions.DynamicValues;

/// <summary>How sets are combined.</summary>
internal interface ISetRule
{
    static abstract IEnumerable<byte[]> Combine(DynamicSet[] sets);
}
