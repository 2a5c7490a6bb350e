using Bongsu.Query.Functions.Kernels;

namespace Bongsu.Query.Functions.Operators;

/// <summary><c>not()</c>: null stays null.</summary>
internal sealed class Not() : UnaryFunction<bool, bool, Not.Operation>("not(value:bool) -> bool")
{
    internal readonly struct Operation : IUnaryOperation<bool, bool>
    {
        public static bool TryApply(bool value, out bool result)
        {
            result = !value;
            return true;
        }
    }
}
