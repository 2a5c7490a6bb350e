using System.Numerics;

namespace Bongsu.Query.Functions.Operators;

/// <summary><c>&gt;</c>.</summary>
internal sealed class Greater() : OrderOperator<Greater.Order>(">")
{
    internal readonly struct Order : IOrder
    {
        public static bool Holds<T>(T left, T right)
            where T : IComparisonOperators<T, T, bool> => left > right;
    }
}
