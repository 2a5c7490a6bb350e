namespace Bongsu.Query;

/// <summary>A piece of the query text, in characters.</summary>
/// <param name="Start">From 0.</param>
/// <param name="Length">May be 0, at a place where something is missing.</param>
public readonly record struct TextSpan(int Start, int Length)
{
    /// <summary>First character after the piece.</summary>
    public int End => Start + Length;
}
