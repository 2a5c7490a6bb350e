using System.Text;
using Bongsu.Core.Dynamic;
using Bongsu.Core.Types;
using Bongsu.Query.Functions;
using Bongsu.Query.Functions.Matching;
using Bongsu.Query.Plan;

namespace Bongsu.Query.Operators.Scanning;

/// <summary>Makes block tests of predicates of columns against constants.</summary>
internal static class BlockTestBuilder
{
    public static BlockTest Build(BoundExpression predicate, EvaluationContext context)
    {
        if (predicate is not BoundCall call)
        {
            return BlockTest.Always;
        }

        if (call.Function is "and" or "or")
        {
            BlockTest[] tests = call.Arguments.Select(argument => Build(argument, context)).ToArray();
            return new CombinedTest(tests, isAny: call.Function == "or");
        }

        var parts = new List<BlockTest>();
        if (OfColumn(call) is { } specific)
        {
            parts.Add(specific);
        }

        if (DictionaryTest.TryCreate(call, context) is { } dictionary)
        {
            parts.Add(dictionary);
        }

        return parts.Count switch
        {
            0 => BlockTest.Always,
            1 => parts[0],
            _ => new CombinedTest(parts.ToArray(), isAny: false),
        };
    }

    private static BlockTest? OfColumn(BoundCall call)
    {
        if (call.Arguments.Count < 2)
        {
            return null;
        }

        string function = call.Function;
        BoundExpression left = call.Arguments[0];
        if (left is BoundLiteral && call.Arguments.Count == 2 && Mirrored(function) is { } mirrored)
        {
            return OfColumn(call with { Function = mirrored, Arguments = [call.Arguments[1], left] });
        }

        if (Unwrapped(left) is not { } column || Constants(call) is not { Count: > 0 } values)
        {
            return null;
        }

        return column.Type switch
        {
            ScalarType.String => OfText(function, column.Name, values),
            ScalarType.Dynamic or ScalarType.Decimal or ScalarType.Guid => null,
            _ => OfRange(function, column, values),
        };
    }

    private static RangeTest? OfRange(string function, BoundColumn bound, IReadOnlyList<Scalar> values)
    {
        if (values.Any(value => value.IsNull))
        {
            return null;
        }

        string column = bound.Name;
        int step = bound.Type == ScalarType.Real ? 0 : 1;
        return function switch
        {
            "==" => RangeTest.Any(column, values),
            "in" => RangeTest.Any(column, values),
            "<=" => new RangeTest(column, [(null, values[0])]),
            ">=" => new RangeTest(column, [(values[0], null)]),
            "<" => new RangeTest(column, [(null, Beside(values[0], -step))]),
            ">" => new RangeTest(column, [(Beside(values[0], step), null)]),
            "between" when values.Count == 2 => new RangeTest(column, [(values[0], values[1])]),
            _ => null,
        };
    }

    // The next integer, so that a strict bound can be tested as an included one; of a real itself, which keeps blocks
    // at the bound.
    private static Scalar Beside(Scalar value, int step) => value.Value switch
    {
        long ticks when ticks is > long.MinValue and < long.MaxValue => value with { Value = ticks + step },
        int number when number is > int.MinValue and < int.MaxValue => value with { Value = number + step },
        _ => value,
    };

    private static BlockTest? OfText(string function, string column, IReadOnlyList<Scalar> values)
    {
        byte[][] texts = values.Select(value => Encoding.UTF8.GetBytes(value.Value as string ?? "")).ToArray();
        return function switch
        {
            "==" or "in" => new TextTest(column, texts, TextTestKind.Equal, isAll: false),
            "=~" or "in~" or "has" or "has_cs" or "has_any" =>
                new TextTest(column, texts, TextTestKind.Terms, isAll: false),
            "has_all" => new TextTest(column, texts, TextTestKind.Terms, isAll: true),
            "contains" or "contains_cs" or "startswith" or "startswith_cs" or "endswith" or "endswith_cs"
                or "hasprefix" or "hasprefix_cs" or "hassuffix" or "hassuffix_cs" =>
                new TextTest(column, texts, TextTestKind.Contained, isAll: false),
            "matches regex" when LiteralOf(values[0]) is { Length: > 0 } literal =>
                new TextTest(column, [literal], TextTestKind.Contained, isAll: false),
            _ => null,
        };
    }

    // What every match of a regular expression holds; bytes that are no UTF-8 match U+FFFD, so that is none.
    private static byte[] LiteralOf(Scalar pattern)
    {
        var translator = new RegexTranslator(pattern.Value as string ?? "");
        translator.Translate();
        return translator.RequiredLiteral.Contains('\uFFFD') ? [] : Encoding.UTF8.GetBytes(translator.RequiredLiteral);
    }

    // A cast between number types that keeps the order of values does not hide the column.
    private static BoundColumn? Unwrapped(BoundExpression expression) => expression switch
    {
        BoundColumn column => column,
        BoundCall { Arguments: [BoundColumn { Type: ScalarType.Int or ScalarType.Long or ScalarType.Real } column] } cast
            when cast.Type is ScalarType.Long or ScalarType.Real && cast.Type > column.Type
                && cast.Function is "tolong" or "toreal" or "todouble" => column,
        _ => null,
    };

    private static string? Mirrored(string function) => function switch
    {
        "==" => "==",
        "<" => ">",
        "<=" => ">=",
        ">" => "<",
        ">=" => "<=",
        _ => null,
    };

    // The constants a column is compared with; those of a dynamic array one by one. Null where any is not constant.
    private static List<Scalar>? Constants(BoundCall call)
    {
        var values = new List<Scalar>();
        for (int argument = 1; argument < call.Arguments.Count; argument++)
        {
            if (call.Arguments[argument] is not BoundLiteral literal)
            {
                return null;
            }

            if (literal.Value.Value is not byte[] encoded)
            {
                values.Add(literal.Value);
                continue;
            }

            if (!AddElements(new DynamicReader(encoded), values))
            {
                return null;
            }
        }

        return values;
    }

    private static bool AddElements(DynamicReader array, List<Scalar> values)
    {
        for (int index = 0; index < array.Count && array.Kind == DynamicKind.Array; index++)
        {
            DynamicReader element = array.ElementAt(index);
            switch (element.Kind)
            {
                case DynamicKind.String:
                    values.Add(Scalar.Of(element.AsString));
                    break;
                case DynamicKind.Long:
                    values.Add(Scalar.Of(element.AsLong));
                    break;
                default:
                    return false;
            }
        }

        return array.Kind == DynamicKind.Array;
    }
}
