using Bongsu.Core.Batches;
using Bongsu.Core.Types;
using Bongsu.Core.Vectors;
using Bongsu.Query.Functions;
using Bongsu.Query.Functions.Matching;
using Bongsu.Query.Operators.Grouping;

namespace Bongsu.Query.Execution;

/// <summary><c>x in (T)</c>: membership in a set that a subquery gave. A null is in no set.</summary>
internal sealed class SetMembershipKernel : ScalarKernel
{
    private readonly ScalarType _type;
    private readonly bool _ignoreCase;
    private readonly bool _isNegated;

    // Filled in the constructor; finding in it changes nothing, so threads share it.
    private readonly KeyColumn _set;

    /// <summary>Takes the first column of a table as the set.</summary>
    public SetMembershipKernel(ScalarType type, Batch table, bool ignoreCase, bool isNegated)
        : base(ScalarType.Bool, type)
    {
        _type = type;
        _ignoreCase = ignoreCase && type == ScalarType.String;
        _isNegated = isNegated;
        _set = KeyColumn.Create(type);
        Vector values = Folded(table[0]);
        int[] selection = Enumerable.Range(0, values.Length).Where(row => !values.IsNull(row)).ToArray();
        if (selection.Length > 0)
        {
            Vector present = values.IsConstant ? values.WithLength(1) : values.Gather(selection);
            _set.Assign(present, new int[present.Length]);
        }
    }

    /// <inheritdoc/>
    public override Vector Evaluate(ReadOnlySpan<Vector> arguments, int rowCount, EvaluationContext context)
    {
        bool isConstant = arguments[0].IsConstant && rowCount > 0;
        Vector values = Folded(isConstant ? arguments[0].WithLength(1) : arguments[0]);
        int[] numbers = new int[isConstant ? 1 : rowCount];
        _set.Find(values, numbers);
        bool[] truth = new bool[numbers.Length];
        for (int row = 0; row < truth.Length; row++)
        {
            truth[row] = (numbers[row] >= 0 && !values.IsNull(row)) != _isNegated;
        }

        return isConstant
            ? FixedVector<bool>.Constant(ScalarType.Bool, truth[0], isNull: false, rowCount)
            : new FixedVector<bool>(ScalarType.Bool, truth, rowCount);
    }

    private Vector Folded(Vector values)
    {
        if (!_ignoreCase)
        {
            return values;
        }

        var text = (StringVector)values;
        var folded = new StringVectorBuilder();
        for (int row = 0; row < text.Length; row++)
        {
            folded.Append(Utf8CaseFold.Fold(text[row]));
        }

        return folded.Build();
    }
}
