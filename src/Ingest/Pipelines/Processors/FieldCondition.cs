using System.Text;
using System.Text.RegularExpressions;
using Bongsu.Core.Text;
using Bongsu.Core.Vectors;

namespace Bongsu.Ingest.Pipelines.Processors;

/// <summary>A condition on one field: it has a value, equals one of some, contains a text, or matches a regular
/// expression.</summary>
/// <param name="Field">The field.</param>
/// <param name="Exists">True: has a value; false: has none; null: not asked.</param>
/// <param name="Values">Texts of which it must equal one, or null.</param>
/// <param name="Contains">Text it must contain, or null.</param>
/// <param name="Regex">Expression it must match, or null.</param>
internal sealed record FieldCondition(
    string Field, bool? Exists, IReadOnlyList<byte[]>? Values, byte[]? Contains, Regex? Regex)
{
    /// <summary>For every row whether it holds.</summary>
    public bool[] Evaluate(PipelineBatch batch)
    {
        bool[] holds = new bool[batch.RowCount];
        int column = batch.IndexOf(Field);
        if (column < 0)
        {
            Array.Fill(holds, Exists == false);
            return holds;
        }

        Vector vector = batch[column];
        if (vector is StringVector { IsDictionary: true } dictionary)
        {
            // Once for each entry, however many rows have it.
            bool[] byCode = new bool[dictionary.Values.Count];
            for (int code = 0; code < byCode.Length; code++)
            {
                byCode[code] = Holds(dictionary.Values[code], !dictionary.Values[code].IsEmpty);
            }

            for (int row = 0; row < holds.Length; row++)
            {
                holds[row] = byCode[dictionary.Codes[row]];
            }

            return holds;
        }

        for (int row = 0; row < holds.Length; row++)
        {
            bool isPresent = !VectorOverlay.IsAbsent(vector, row);
            holds[row] = vector is StringVector strings
                ? Holds(strings[row], isPresent)
                : Holds(isPresent && Exists is null ? Encoding.UTF8.GetBytes(ScalarText.Format(vector.GetScalar(row))) : [], isPresent);
        }

        return holds;
    }

    private bool Holds(ReadOnlySpan<byte> text, bool isPresent)
    {
        if (Exists is { } exists)
        {
            return exists == isPresent;
        }

        if (!isPresent)
        {
            return false;
        }

        return (Values is null || EqualsAny(text)) && (Contains is null || text.IndexOf(Contains) >= 0) &&
            (Regex is null || Regex.IsMatch(Encoding.UTF8.GetString(text)));
    }

    private bool EqualsAny(ReadOnlySpan<byte> text)
    {
        foreach (byte[] value in Values!)
        {
            if (text.SequenceEqual(value))
            {
                return true;
            }
        }

        return false;
    }
}
