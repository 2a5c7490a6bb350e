using Bongsu.Core.Types;
using Bongsu.Core.Vectors;
using Bongsu.Query.Functions;
using Bongsu.Query.Plan;
using CastKernels = Bongsu.Query.Functions.Casts.Cast;

namespace Bongsu.Query.Kql.Binding;

/// <summary>Casts that binding inserts, and folding of what is constant.</summary>
internal static class Coercion
{
    /// <summary>An expression as another type; a value that cannot be converted becomes null.</summary>
    /// <exception cref="QueryException">No value of the type could be converted.</exception>
    public static BoundExpression Cast(BoundExpression value, ScalarType type, BindContext context, TextSpan span)
    {
        if (value.Type == type)
        {
            return value;
        }

        if (value is BoundLiteral { Value.IsNull: true })
        {
            return new BoundLiteral(Scalar.Null(type));
        }

        ScalarKernel kernel = CastKernels.Find(value.Type, type)
            ?? throw new QueryException("type", $"a {value.Type.Name()} cannot be converted to {type.Name()}", span);
        return Fold(new BoundCall("to" + type.Name(), kernel, [value]), context);
    }

    /// <summary>The type in which two can be compared or mixed, or null.</summary>
    public static ScalarType? Unify(ScalarType left, ScalarType right) =>
        left == right ? left
        : CastKernels.IsWidening(left, right) ? right
        : CastKernels.IsWidening(right, left) ? left
        : null;

    /// <summary>Replaces a call of constants by its value.</summary>
    public static BoundExpression Fold(BoundCall call, BindContext context)
    {
        context.Count(call);
        if (!call.Kernel.IsDeterministic
            || call.Kernel.IsWindow
            || call.Arguments.Any(argument => argument is not BoundLiteral))
        {
            return call;
        }

        var arguments = new Vector[call.Arguments.Count];
        for (int index = 0; index < arguments.Length; index++)
        {
            arguments[index] = Vector.Constant(((BoundLiteral)call.Arguments[index]).Value, 1);
        }

        return new BoundLiteral(call.Kernel.Evaluate(arguments, 1, context.Evaluation).GetScalar(0));
    }
}
