using System.Numerics;

namespace Bongsu.Query.Functions.Operators;

/// <summary><c>&gt;=</c>.</summary>
internal sealed class GreaterOrEqual() : OrderOperator<GreaterOrEqual.Order>(">=")
{
    internal readonly struct Order : IOrder
    {
        public static bool Holds<T>(T left, T right)
            where T : IComparisonOperators<T, T, bool> => left >= right;
    }
}
