namespace Bongsu.Query.Functions.Hashing;

/// <summary>A hash that stays the same from query to query: xxHash64.</summary>
internal sealed class Hash() : HashFunction("hash");
