using Bongsu.Core.Batches;
using Bongsu.Core.Types;
using Bongsu.Core.Vectors;
using Bongsu.Query.Functions;
using Bongsu.Query.Plan;

namespace Bongsu.Query.Execution;

/// <summary>Computes a bound expression over batches. Immutable and thread-safe.</summary>
/// <remarks>
/// Calls of constants run once and stay constant. A deterministic call that reads one column, and that column is a
/// dictionary-coded string, runs once per dictionary entry; its result is spread by the codes.
/// </remarks>
public sealed class ExpressionEvaluator
{
    private readonly BoundExpression _expression;
    private readonly ExpressionEvaluator[] _arguments;
    private readonly int _soleColumn;

    /// <summary>Prepares an expression.</summary>
    public ExpressionEvaluator(BoundExpression expression)
    {
        _expression = expression;
        _arguments = expression is BoundCall call
            ? call.Arguments.Select(argument => new ExpressionEvaluator(argument)).ToArray()
            : [];
        _soleColumn = SoleColumn();
    }

    /// <summary>True where the result of a row follows from one column alone, so that it may be computed once for rows of
    /// one value.</summary>
    internal bool ReadsOneColumn => _soleColumn >= 0 && _expression is BoundCall;

    /// <summary>Type of the result.</summary>
    public ScalarType Type => _expression.Type;

    private enum Reads
    {
        Nothing = -1,
        Several = -2,
    }

    /// <summary>Computes an expression once; make an evaluator where there are many batches.</summary>
    public static Vector Evaluate(BoundExpression expression, Batch batch, EvaluationContext context) =>
        new ExpressionEvaluator(expression).Evaluate(batch, context);

    /// <summary>Computes the expression for all rows.</summary>
    /// <returns>A vector of the expression's type; may be a column of the batch itself.</returns>
    public Vector Evaluate(Batch batch, EvaluationContext context) =>
        Evaluate(batch.Vectors, batch.RowCount, context);

    /// <summary>Computes the expression for all rows.</summary>
    /// <param name="columns">The input's columns.</param>
    /// <param name="rowCount">Their rows.</param>
    /// <param name="context">What the query shares.</param>
    public Vector Evaluate(ReadOnlySpan<Vector> columns, int rowCount, EvaluationContext context)
    {
        switch (_expression)
        {
            case BoundColumn column:
                return columns[column.Index];
            case BoundLiteral literal:
                return Vector.Constant(literal.Value, rowCount);
            case BoundCall call when _soleColumn >= 0
                && columns[_soleColumn] is StringVector { IsDictionary: true } text
                && text.Values.Count < rowCount:
                return EvaluateDictionary(call, columns, text, context);
            case BoundCall call:
                return EvaluateCall(call, columns, rowCount, context);
            default:
                throw new NotSupportedException($"{_expression.GetType().Name} must be resolved before it is evaluated");
        }
    }

    private Vector EvaluateCall(BoundCall call, ReadOnlySpan<Vector> columns, int rowCount, EvaluationContext context)
    {
        var arguments = new Vector[_arguments.Length];
        bool isConstant = call.Kernel.IsDeterministic && !call.Kernel.IsWindow;
        for (int argument = 0; argument < arguments.Length; argument++)
        {
            arguments[argument] = _arguments[argument].Evaluate(columns, rowCount, context);
            isConstant &= arguments[argument].IsConstant;
        }

        if (!isConstant || rowCount <= 1)
        {
            return call.Kernel.Evaluate(arguments, rowCount, context);
        }

        for (int argument = 0; argument < arguments.Length; argument++)
        {
            arguments[argument] = arguments[argument].WithLength(1);
        }

        Vector single = call.Kernel.Evaluate(arguments, 1, context);
        return single.IsConstant ? single.WithLength(rowCount) : Vector.Constant(single.GetScalar(0), rowCount);
    }

    private Vector EvaluateDictionary(BoundCall call, ReadOnlySpan<Vector> columns, StringVector text, EvaluationContext context)
    {
        Vector[] entries = new Vector[columns.Length];
        entries[_soleColumn] = new StringVector(text.Values);
        Vector result = EvaluateCall(call, entries, text.Values.Count, context);
        if (result.IsConstant)
        {
            return text.Values.Count == 0 ? Vector.Nulls(Type, text.Length) : result.WithLength(text.Length);
        }

        return result is StringVector { IsDictionary: false } strings
            ? new StringVector(strings.Values, text.Codes.ToArray(), text.Length)
            : result.Gather(text.Codes);
    }

    private int SoleColumn()
    {
        switch (_expression)
        {
            case BoundColumn column:
                return column.Index;
            case BoundLiteral:
                return (int)Reads.Nothing;
            case BoundCall { Kernel: { IsDeterministic: true, IsWindow: false } }:
                int sole = (int)Reads.Nothing;
                foreach (ExpressionEvaluator argument in _arguments)
                {
                    if (argument._soleColumn == sole || argument._soleColumn == (int)Reads.Nothing)
                    {
                        continue;
                    }

                    sole = sole == (int)Reads.Nothing ? argument._soleColumn : (int)Reads.Several;
                }

                return sole;
            default:
                return (int)Reads.Several;
        }
    }
}
