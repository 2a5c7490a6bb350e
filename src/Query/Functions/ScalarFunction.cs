namespace Bongsu.Query.Functions;

/// <summary>
/// One KQL scalar function or operator: its name and how it binds to argument types. One file per function;
/// <see cref="FunctionRegistry"/> finds every non-abstract class with a parameterless constructor by itself.
/// </summary>
/// <remarks>Operators are functions with the operator's spelling as name: <c>+</c>, <c>==</c>, <c>has_cs</c>,
/// <c>!contains</c>, <c>matches regex</c>, unary minus <c>-u</c>, <c>[]</c>.</remarks>
public abstract class ScalarFunction
{
    /// <summary>The name as KQL writes it; case-sensitive.</summary>
    public abstract string Name { get; }

    /// <summary>Other names of the same function.</summary>
    public virtual IReadOnlyList<string> Aliases => [];

    /// <summary>Name, parameters and result for people, for instance <c>strlen(source:string) -> long</c>.</summary>
    public virtual string Signature => Name + "(…)";

    /// <summary>Of a function of several results their names: its value is an array of them, and a projection makes a
    /// column of each. Empty for all others.</summary>
    public virtual IReadOnlyList<string> ResultParts => [];

    /// <summary>Chooses the overload for some arguments.</summary>
    /// <exception cref="FunctionException">Count, type or constant value of an argument does not fit.</exception>
    public abstract ScalarKernel Bind(IReadOnlyList<ScalarArgument> arguments);
}
