using System.Globalization;
using Bongsu.Alert.Rules;

namespace Bongsu.Alert.Import.ElastAlert;

/// <summary>A condition over one row, to be written as KQL. Immutable.</summary>
internal abstract record Condition
{
    /// <summary>Holds for every row.</summary>
    public static Condition Everything { get; } = new AndCondition([]);

    /// <summary>Holds for no row.</summary>
    public static Condition Nothing { get; } = new OrCondition([]);

    /// <summary>All of some.</summary>
    public static Condition And(IEnumerable<Condition> parts)
    {
        Condition[] needed = [.. parts.SelectMany(part => part is AndCondition and ? and.Parts : [part])];
        return needed.Contains(Nothing) ? Nothing : needed.Length == 1 ? needed[0] : new AndCondition(needed);
    }

    /// <summary>One of some at least.</summary>
    public static Condition Or(IEnumerable<Condition> parts)
    {
        Condition[] enough = [.. parts.SelectMany(part => part is OrCondition or ? or.Parts : [part])];
        return enough.Any(part => part.IsEverything) ? Everything : enough.Length == 1 ? enough[0] : new OrCondition(enough);
    }

    /// <summary>The opposite.</summary>
    public static Condition Not(Condition part) => part switch
    {
        NotCondition not => not.Part,
        { IsEverything: true } => Nothing,
        OrCondition { Parts.Count: 0 } => Everything,
        _ => new NotCondition(part),
    };

    /// <summary>True where it holds for every row.</summary>
    public bool IsEverything => this is AndCondition { Parts.Count: 0 };

    /// <summary>The KQL.</summary>
    public string Write() => Write(isRequired: true);

    /// <summary>The KQL.</summary>
    /// <param name="isRequired">True where no row is taken for which this does not hold: then a column may be named
    /// though no
    /// row has brought it yet. Elsewhere a column that is not there must not keep the rule from running.</param>
    internal abstract string Write(bool isRequired);

    /// <summary>Fields it looks at.</summary>
    internal abstract IEnumerable<string> Fields { get; }
}

/// <summary>A condition on one field.</summary>
/// <param name="Field">The column.</param>
/// <param name="Text">KQL, given the column's own.</param>
/// <param name="ExactValue">Set where it says that the field as text is this value.</param>
internal sealed record FieldCondition(string Field, Func<string, string> Text, string? ExactValue = null) : Condition
{
    internal override IEnumerable<string> Fields => [Field];

    public static string Column(string field, bool isRequired) =>
        isRequired || field == "timestamp" ? KqlText.Name(field) : $"column_ifexists({KqlText.Literal(field)}, '')";

    internal override string Write(bool isRequired) => Text(Column(Field, isRequired));
}

/// <summary>All of some; all rows where there are none.</summary>
internal sealed record AndCondition(IReadOnlyList<Condition> Parts) : Condition
{
    internal override IEnumerable<string> Fields => Parts.SelectMany(part => part.Fields);

    internal override string Write(bool isRequired) =>
        Parts.Count == 0 ? "true" : string.Join(" and ", Parts.Select(part => part switch
        {
            OrCondition or => or.WriteInBrackets(isRequired),
            _ => part.Write(isRequired),
        }));
}

/// <summary>One of some at least; no row where there are none.</summary>
internal sealed record OrCondition(IReadOnlyList<Condition> Parts) : Condition
{
    internal override IEnumerable<string> Fields => Parts.SelectMany(part => part.Fields);

    internal override string Write(bool isRequired) => Parts.Count == 0 ? "false" : string.Join(" or ", Texts(isRequired));

    internal string WriteInBrackets(bool isRequired)
    {
        string text = Write(isRequired);
        return Texts(isRequired).Count > 1 ? $"({text})" : text;
    }

    private List<string> Texts(bool isRequired)
    {
        isRequired &= Fields.Distinct().Count() == 1;
        var texts = new List<string>();
        foreach (IGrouping<object, Condition> same in Parts.GroupBy(KeyOf))
        {
            FieldCondition[] exact = [.. same.OfType<FieldCondition>().Where(part => part.ExactValue is not null)];
            if (exact.Length > 1)
            {
                string column = FieldCondition.Column(exact[0].Field, isRequired);
                string values = string.Join(", ", exact.Select(part => KqlText.Literal(part.ExactValue!)).Distinct());
                texts.Add($"{FieldConditions.AsText(exact[0].Field, column)} in ({values})");
                continue;
            }

            texts.AddRange(same.Select(part => part is AndCondition ? $"({part.Write(isRequired)})" : part.Write(isRequired)));
        }

        return texts;
    }

    // Values of one field stand together.
    private static object KeyOf(Condition part) => part is FieldCondition { ExactValue: not null } exact ? exact.Field : part;
}

/// <summary>The opposite.</summary>
internal sealed record NotCondition(Condition Part) : Condition
{
    internal override IEnumerable<string> Fields => Part.Fields;

    internal override string Write(bool isRequired) => $"not({Part.Write(isRequired: false)})";
}

/// <summary>So many of some at least.</summary>
internal sealed record AtLeastCondition(int Count, IReadOnlyList<Condition> Parts) : Condition
{
    internal override IEnumerable<string> Fields => Parts.SelectMany(part => part.Fields);

    internal override string Write(bool isRequired) =>
        "(" + string.Join(" + ", Parts.Select(part => $"iff({part.Write(isRequired: false)}, 1, 0)"))
        + string.Create(CultureInfo.InvariantCulture, $") >= {Count}");
}
