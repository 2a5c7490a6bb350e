using Bongsu.Core.Templates;
using Bongsu.Core.Types;
using Bongsu.Core.Vectors;

namespace Bongsu.Core.Encodings;

/// <summary>Variables that repeat another column of their rows: found before encoding, filled in after
/// decoding.</summary>
/// <remarks>Numbers are compared as the kind of the slot reads them, so that what is filled in is exactly what was
/// there.</remarks>
internal static class SiblingReference
{
    private const int MinRows = 8;
    private const int SampleRows = 32;
    private const int FirstSampleRows = 3;
    private const int MinSampleMatches = 24;

    // Exceptions are kept apart; more than one of eight and the variables are better kept whole.
    private const int MaxExceptionShift = 3;

    // Beyond it a double no longer tells neighbouring integers apart.
    private const double MaxExactReal = 1L << 53;

    /// <summary>The column that the variables repeat, and where they do not; null where there is none.</summary>
    /// <param name="variables">Variables of one slot.</param>
    /// <param name="rows">Their rows.</param>
    /// <param name="siblings">The other columns.</param>
    /// <param name="exceptions">Indexes of variables that differ.</param>
    public static string? Find(
        VariableColumn variables,
        ReadOnlySpan<int> rows,
        IReadOnlyList<SiblingColumn> siblings,
        out List<int> exceptions)
    {
        exceptions = [];
        if (rows.Length < MinRows)
        {
            return null;
        }

        foreach (SiblingColumn sibling in siblings)
        {
            if (!CanRefer(variables.Kind, sibling.Vector.Type) || !SampleMatches(variables, rows, sibling.Vector))
            {
                continue;
            }

            exceptions.Clear();
            int most = rows.Length >> MaxExceptionShift;
            Compare(variables, rows, sibling.Vector, most, exceptions);
            if (exceptions.Count <= most)
            {
                return sibling.Name;
            }
        }

        return null;
    }

    /// <summary>The variables of some rows of a column; where it says nothing usable, 0 or the empty text.</summary>
    public static VariableColumn Resolve(VariableKind kind, int digits, ReadOnlySpan<int> rows, Vector sibling)
    {
        if (!CanRefer(kind, sibling.Type))
        {
            throw new CorruptDataException($"variables of kind {kind} refer to a column of {sibling.Type.Name()}");
        }

        if (kind == VariableKind.Text)
        {
            return VariableColumn.OfTexts((StringVector)sibling.Gather(rows));
        }

        long[] numbers = GC.AllocateUninitializedArray<long>(rows.Length);
        if (sibling is FixedVector<long> { IsConstant: false } longs)
        {
            // Null rows hold 0.
            ReadOnlySpan<long> values = longs.Values;
            for (int index = 0; index < numbers.Length; index++)
            {
                numbers[index] = values[rows[index]];
            }
        }
        else
        {
            for (int index = 0; index < numbers.Length; index++)
            {
                _ = TryNumber(kind, digits, sibling, rows[index], out numbers[index]);
            }
        }

        return VariableColumn.OfNumbers(kind, digits, numbers, numbers.Length);
    }

    private static bool CanRefer(VariableKind kind, ScalarType type) => type switch
    {
        ScalarType.String => true,
        ScalarType.Int or ScalarType.Long => kind == VariableKind.Integer,
        ScalarType.Real => kind is VariableKind.Integer or VariableKind.Decimal,
        _ => false,
    };

    // In two rounds: most columns are told to be others by the first, small one.
    private static bool SampleMatches(VariableColumn variables, ReadOnlySpan<int> rows, Vector sibling)
    {
        int step = Math.Max(1, rows.Length / SampleRows);
        int tried = Math.Min(SampleRows, (rows.Length + step - 1) / step);
        int mostMisses = tried - (((MinSampleMatches * tried) + SampleRows - 1) / SampleRows);
        int first = Math.Min(tried, FirstSampleRows);
        int misses = Misses(variables, rows, sibling, step, 0..first);
        return misses < first && misses <= mostMisses && misses + Misses(variables, rows, sibling, step, first..tried) <= mostMisses;
    }

    private static int Misses(VariableColumn variables, ReadOnlySpan<int> rows, Vector sibling, int step, Range samples)
    {
        (int start, int count) = samples.GetOffsetAndLength(SampleRows);
        Span<int> sampled = stackalloc int[count];
        for (int sample = 0; sample < count; sample++)
        {
            sampled[sample] = rows[(start + sample) * step];
        }

        // Gathered first: identifiers of a shared dictionary are then written out for these rows only.
        Vector values = sibling.Gather(sampled);
        int misses = 0;
        for (int sample = 0; sample < count; sample++)
        {
            misses += Repeats(variables, (start + sample) * step, values, sample) ? 0 : 1;
        }

        return misses;
    }

    // Stops once there are more exceptions than are of use.
    private static void Compare(VariableColumn variables, ReadOnlySpan<int> rows, Vector sibling, int most, List<int> exceptions)
    {
        if (sibling is FixedVector<long> { IsConstant: false, HasNulls: false } longs)
        {
            ReadOnlySpan<long> values = longs.Values;
            ReadOnlySpan<long> numbers = variables.Numbers;
            for (int index = 0; index < rows.Length && exceptions.Count <= most; index++)
            {
                if (values[rows[index]] != numbers[index])
                {
                    exceptions.Add(index);
                }
            }

            return;
        }

        if (sibling is FixedVector<double> { IsConstant: false, HasNulls: false } reals)
        {
            ReadOnlySpan<double> values = reals.Values;
            ReadOnlySpan<long> numbers = variables.Numbers;
            double power = VariableText.PowerOfTen(variables.Digits);
            for (int index = 0; index < rows.Length && exceptions.Count <= most; index++)
            {
                if (!TryScale(values[rows[index]], power, out long number) || number != numbers[index])
                {
                    exceptions.Add(index);
                }
            }

            return;
        }

        for (int index = 0; index < rows.Length && exceptions.Count <= most; index++)
        {
            if (!Repeats(variables, index, sibling, rows[index]))
            {
                exceptions.Add(index);
            }
        }
    }

    private static bool Repeats(VariableColumn variables, int index, Vector sibling, int row) =>
        variables.Kind == VariableKind.Text
            ? variables.Texts[index].SequenceEqual(((StringVector)sibling)[row])
            : TryNumber(variables.Kind, variables.Digits, sibling, row, out long number) && number == variables.Numbers[index];

    private static bool TryNumber(VariableKind kind, int digits, Vector sibling, int row, out long number)
    {
        number = 0;
        switch (sibling)
        {
            case StringVector strings:
                return VariableText.TryParse(kind, digits, strings[row], out number);
            case FixedVector<long> longs:
                number = longs[row];
                return !longs.IsNull(row);
            case FixedVector<int> ints:
                number = ints[row];
                return !ints.IsNull(row);
            case FixedVector<double> reals:
                return !reals.IsNull(row) && TryScale(reals[row], VariableText.PowerOfTen(digits), out number);
            default:
                return false;
        }
    }

    private static bool TryScale(double value, double power, out long number)
    {
        double scaled = Math.Round(value * power);
        bool isExact = Math.Abs(scaled) < MaxExactReal;
        number = isExact ? (long)scaled : 0;
        return isExact;
    }
}
