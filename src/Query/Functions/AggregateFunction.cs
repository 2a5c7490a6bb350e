namespace Bongsu.Query.Functions;

/// <summary>One KQL aggregate function; found by <see cref="FunctionRegistry"/> like
/// <see cref="ScalarFunction"/>.</summary>
public abstract class AggregateFunction
{
    /// <summary>The name as KQL writes it.</summary>
    public abstract string Name { get; }

    /// <summary>Other names of the same function.</summary>
    public virtual IReadOnlyList<string> Aliases => [];

    /// <summary>Chooses the overload for some arguments.</summary>
    /// <exception cref="FunctionException">Count, type or constant value of an argument does not fit.</exception>
    public abstract AggregateKernel Bind(IReadOnlyList<ScalarArgument> arguments);
}
