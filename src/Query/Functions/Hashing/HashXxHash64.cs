namespace Bongsu.Query.Functions.Hashing;

/// <summary>xxHash64.</summary>
internal sealed class HashXxHash64() : HashFunction("hash_xxhash64");
