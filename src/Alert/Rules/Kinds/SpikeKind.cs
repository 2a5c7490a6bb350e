using Bongsu.Alert.Judges;

namespace Bongsu.Alert.Rules.Kinds;

/// <summary><c>spike</c> and <c>spike_aggregation</c>: the number of rows, or an aggregate of them, against the window
/// before.</summary>
/// <remarks>Meaning: ElastAlert 2, ruletypes.rst, "Spike" and "Spike Aggregation".</remarks>
internal sealed class SpikeKind : KindReader
{
    private readonly bool _isAggregate;

    private SpikeKind(string name, RuleKind kind, bool isAggregate, params string[] keys)
        : base(name, kind, [.. keys, "by", "height", "direction", "within", "min_current", "min_before", "new_keys"])
    {
        _isAggregate = isAggregate;
    }

    public static SpikeKind OfRows { get; } = new("spike", RuleKind.Spike, isAggregate: false);

    public static SpikeKind OfAggregate { get; } = new("spike_aggregation", RuleKind.SpikeAggregation, isAggregate: true, "metric", "min_rows");

    public override KindParts Read(RuleFields fields)
    {
        ComposedQuery query = fields.Rows(Name).Then("| summarize value = ");
        query = _isAggregate ? query.Then(fields.RequiredAggregate("metric")).Then("\n, rows = count()") : query.Then("count()");

        // Always true where there is a value; the judge has the condition.
        query = RuleFields.WithBy(query, fields.By()).Then(_isAggregate ? "\n| where rows > 0" : "\n| where value >= 0");
        query = _isAggregate ? Bounds.LeastRows(fields, query) : query;
        return new KindParts(query, fields.Hopping(fields.RequiredDuration("within")))
        {
            Judge = Spike(fields, isZeroWithoutRows: !_isAggregate),
        };
    }

    /// <summary>Reads the keys of a comparison with the window before.</summary>
    public static SpikeSpec Spike(RuleFields fields, bool isZeroWithoutRows)
    {
        double height = fields.Number("height") ?? throw fields.Wrong("'height' is missing");
        return height <= 1
            ? throw fields.Wrong("height", "must be more than 1: how many times the value before")
            : new SpikeSpec(
                height, fields.Direction(Direction.Up), fields.Number("min_current"), fields.Number("min_before"),
                fields.Flag("new_keys", otherwise: false))
            { IsZeroWithoutRows = isZeroWithoutRows };
    }
}
