using System.Runtime.CompilerServices;
using Bongsu.Core.Types;
using Bongsu.Query.Functions;
using Bongsu.Query.Kql.Syntax;
using Bongsu.Query.Plan;

namespace Bongsu.Query.Kql.Binding;

/// <summary>Scalar expressions over one row: names to columns, operators and functions to kernels, constants
/// folded.</summary>
internal sealed class ExpressionBinder
{
    private readonly TableBinder _tables;

    public ExpressionBinder(TableBinder tables, BindScope scope, RowScope row)
    {
        _tables = tables;
        Scope = scope;
        Row = row;
    }

    public BindScope Scope { get; }

    public RowScope Row { get; }

    public BindContext Context => _tables.Context;

    /// <summary>For what needs table queries.</summary>
    public TableBinder Tables => _tables;

    /// <summary>Collects aggregate calls, where they are allowed (<c>summarize</c>).</summary>
    public AggregateCollector? Aggregates { get; init; }

    /// <summary>Binds an expression.</summary>
    /// <exception cref="QueryException">Names, types or counts do not fit.</exception>
    public BoundExpression Bind(ExpressionSyntax syntax)
    {
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            throw new QueryException("limit", "the expression nests too deep", syntax.Span);
        }

        return syntax switch
        {
            LiteralSyntax literal => new BoundLiteral(literal.Value),
            NameSyntax or MemberSyntax or IndexSyntax => PathBinder.Bind(this, syntax),
            UnarySyntax unary => BindUnary(unary),
            BinarySyntax binary => BindBinary(binary),
            BetweenSyntax between => BindBetween(between),
            ListSyntax list => MembershipBinder.Bind(this, list),
            CallSyntax call => CallBinder.Bind(this, call),
            TypeofSyntax type when type.Types.Count == 1 => new BoundLiteral(Scalar.Of(type.Types[0].Name())),
            PipelineSyntax pipeline =>
                throw new QueryException(
                    "type",
                    "expected a scalar, met a table query; use toscalar(…) for its first value",
                    pipeline.Span),
            WildcardSyntax wildcard => throw new QueryException("syntax", "'*' cannot stand here", wildcard.Span),
            _ => throw new QueryException("unsupported", "this expression is not supported", syntax.Span),
        };
    }

    /// <summary>Binds and converts where every value has a counterpart; other types are an error.</summary>
    public BoundExpression Bind(ExpressionSyntax syntax, ScalarType type)
    {
        BoundExpression bound = Bind(syntax);
        if (bound.Type == type
            || (bound.Type.IsInteger() && type.IsNumeric() && (type != ScalarType.Int || bound is BoundLiteral)))
        {
            return Coercion.Cast(bound, type, Context, syntax.Span);
        }

        if (bound is BoundLiteral { Value.IsNull: true })
        {
            return new BoundLiteral(Scalar.Null(type));
        }

        string hint = bound.Type == ScalarType.Dynamic || type == ScalarType.Bool ? $"; use to{type.Name()}(…)" : "";
        throw new QueryException("type", $"expected a {type.Name()}, met a {bound.Type.Name()}{hint}", syntax.Span);
    }

    /// <summary>Binds a value that must be known before any row is read.</summary>
    public Scalar BindConstant(ExpressionSyntax syntax, string what) =>
        Bind(syntax) is BoundLiteral literal
            ? literal.Value
            : throw new QueryException("argument", $"{what} must be a constant", syntax.Span);

    /// <summary>A function or operator of bound arguments.</summary>
    /// <param name="name">As in the registry.</param>
    /// <param name="arguments">Bound.</param>
    /// <param name="names">The result name each argument suggests, or null.</param>
    /// <param name="spans">Where each argument stands.</param>
    /// <param name="span">Where the call stands.</param>
    public BoundExpression Call(
        string name, IReadOnlyList<BoundExpression> arguments, IReadOnlyList<string?> names, IReadOnlyList<TextSpan> spans, TextSpan span)
    {
        ScalarFunction function = FunctionRegistry.FindScalar(name) ?? throw CallBinder.Unknown(this, name, span);
        ScalarKernel kernel;
        try
        {
            kernel = function.Bind(Describe(arguments, names));
        }
        catch (FunctionException error)
        {
            bool isArgument = error.ArgumentIndex >= 0 && error.ArgumentIndex < spans.Count;
            throw new QueryException("argument", error.Message, isArgument ? spans[error.ArgumentIndex] : span);
        }

        if (kernel.IsWindow && !Row.IsSerialized)
        {
            throw new QueryException(
                "argument",
                $"{name}() needs ordered rows; put 'sort by' or 'serialize' before",
                span);
        }

        var converted = new BoundExpression[arguments.Count];
        for (int index = 0; index < converted.Length; index++)
        {
            converted[index] = Coercion.Cast(arguments[index], kernel.ParameterTypes[index], Context, spans[index]);
        }

        return Coercion.Fold(new BoundCall(name, kernel, converted), Context);
    }

    /// <summary>An operator of two operands that stand somewhere.</summary>
    public BoundExpression Operator(string name, BoundExpression left, BoundExpression right, BinarySyntax place) =>
        Call(
            name,
            [left, right],
            [DefaultNames.Of(place.Left), DefaultNames.Of(place.Right)],
            [place.Left.Span, place.Right.Span],
            place.Span);

    /// <summary>What kernels may know of arguments.</summary>
    public static ScalarArgument[] Describe(IReadOnlyList<BoundExpression> arguments, IReadOnlyList<string?> names)
    {
        var described = new ScalarArgument[arguments.Count];
        for (int index = 0; index < described.Length; index++)
        {
            described[index] = new ScalarArgument(
                arguments[index].Type,
                (arguments[index] as BoundLiteral)?.Value,
                names[index]);
        }

        return described;
    }

    private BoundExpression BindUnary(UnarySyntax unary)
    {
        BoundExpression operand = Bind(unary.Operand);
        if (operand is BoundLiteral { Value.Value: long value } literal
            && unary.Operator == "-"
            && literal.Type != ScalarType.DateTime)
        {
            return new BoundLiteral(new Scalar(literal.Type, unchecked(-value)));
        }

        if (unary is { Operator: "-", Operand: LiteralSyntax { Value: { Type: ScalarType.Int, Value: int number } } })
        {
            // `-int(1)` is a literal; of other ints unary minus makes longs.
            return new BoundLiteral(Scalar.Of(unchecked(-number)));
        }

        return unary.Operator == "+" && operand.Type.IsNumeric()
            ? operand
            : Call(unary.Operator + "u", [operand], [null], [unary.Operand.Span], unary.Span);
    }

    private BoundExpression BindBinary(BinarySyntax binary)
    {
        if (binary.Left is WildcardSyntax)
        {
            return AnyColumnBinder.Bind(this, binary);
        }

        string name = binary.Operator switch
        {
            "<>" => "!=",
            ":" => "has",
            "notcontains" => "!contains",
            "containscs" => "contains_cs",
            "notcontainscs" => "!contains_cs",
            "notstartswith" => "!startswith",
            "notendswith" => "!endswith",
            _ => binary.Operator,
        };
        return Operator(name, Bind(binary.Left), Bind(binary.Right), binary);
    }

    // As two comparisons, so that ranges of time reach the scan. `d .. 1d` means d .. d + 1d.
    private BoundExpression BindBetween(BetweenSyntax between)
    {
        BoundExpression value = Bind(between.Value);
        BoundExpression low = Bind(between.Low);
        BoundExpression high = Bind(between.High);
        IReadOnlyList<string?> none = [null, null];
        if (low.Type == ScalarType.DateTime && high.Type == ScalarType.TimeSpan)
        {
            high = Call("+", [low, high], none, [between.Low.Span, between.High.Span], between.Span);
        }

        TextSpan[] lowSpans = [between.Value.Span, between.Low.Span];
        TextSpan[] highSpans = [between.Value.Span, between.High.Span];
        BoundExpression aboveLow = Call(between.IsNegated ? "<" : ">=", [value, low], none, lowSpans, between.Span);
        BoundExpression belowHigh = Call(between.IsNegated ? ">" : "<=", [value, high], none, highSpans, between.Span);
        return Call(
            between.IsNegated ? "or" : "and",
            [aboveLow, belowHigh],
            none,
            [between.Span, between.Span],
            between.Span);
    }
}
