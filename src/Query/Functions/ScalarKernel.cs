using Bongsu.Core.Types;
using Bongsu.Core.Vectors;

namespace Bongsu.Query.Functions;

/// <summary>A function bound to the types (and constants) of one call: evaluates whole vectors. Immutable and
/// thread-safe.</summary>
/// <remarks>What depends on constant arguments (a regex, a format) is prepared in the constructor, once per
/// query.</remarks>
public abstract class ScalarKernel
{
    private protected ScalarKernel(ScalarType resultType, params ScalarType[] parameterTypes)
    {
        ResultType = resultType;
        ParameterTypes = parameterTypes;
    }

    /// <summary>Type of the result.</summary>
    public ScalarType ResultType { get; }

    /// <summary>The types <see cref="Evaluate"/> wants, one per argument; the binder inserts casts (int→long→real,
    /// any→dynamic …) where they differ.</summary>
    public IReadOnlyList<ScalarType> ParameterTypes { get; }

    /// <summary>True where equal arguments give equal results in one query, so that constants fold. False for
    /// <c>rand()</c>, <c>new_guid()</c>, <c>row_number()</c>.</summary>
    public virtual bool IsDeterministic => true;

    /// <summary>True for window functions, which need a serialized input and all rows in order.</summary>
    public virtual bool IsWindow => false;

    /// <summary>Evaluates all rows.</summary>
    /// <param name="arguments">One vector per argument, of <see cref="ParameterTypes"/>, each of
    /// <paramref name="rowCount"/> rows, any of them constant.</param>
    /// <param name="rowCount">Number of rows, may be 0.</param>
    /// <param name="context">What the whole query shares.</param>
    /// <returns>A vector of <see cref="ResultType"/> with <paramref name="rowCount"/> rows; constant where it can be;
    /// may be an argument itself.</returns>
    public abstract Vector Evaluate(ReadOnlySpan<Vector> arguments, int rowCount, EvaluationContext context);
}
