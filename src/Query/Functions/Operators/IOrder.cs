using System.Numerics;

namespace Bongsu.Query.Functions.Operators;

/// <summary>One of the four orders.</summary>
internal interface IOrder
{
    static abstract bool Holds<T>(T left, T right)
        where T : IComparisonOperators<T, T, bool>;
}
