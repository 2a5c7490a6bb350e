namespace Bongsu.Query.Functions.Aggregates.States;

/// <summary>Which of two values an extreme keeps.</summary>
internal interface IValueOrder
{
    /// <summary>True where a value, which compares so to the kept one, takes its place.</summary>
    static abstract bool Replaces(int comparison);
}

/// <summary>Keeps the largest.</summary>
internal readonly struct LargestFirst : IValueOrder
{
    public static bool Replaces(int comparison) => comparison > 0;
}

/// <summary>Keeps the smallest.</summary>
internal readonly struct SmallestFirst : IValueOrder
{
    public static bool Replaces(int comparison) => comparison < 0;
}
