namespace Bongsu.Alert.Rules.Kinds;

/// <summary><c>blacklist</c> and <c>whitelist</c>: rows with a value that is on a list, or that is not.</summary>
/// <remarks>Meaning: ElastAlert 2, ruletypes.rst, "Blacklist" and "Whitelist".</remarks>
internal sealed class ListKind : KindReader
{
    private readonly bool _isWhite;

    private ListKind(string name, RuleKind kind, bool isWhite, params string[] keys)
        : base(name, kind, keys)
    {
        _isWhite = isWhite;
    }

    public static ListKind Black { get; } = new("blacklist", RuleKind.Blacklist, isWhite: false, "by", "window", "field", "values");

    public static ListKind White { get; } =
        new("whitelist", RuleKind.Whitelist, isWhite: true, "by", "window", "field", "values", "ignore_null");

    public override KindParts Read(RuleFields fields)
    {
        QuerySource field = fields.RequiredName("field");
        string values = string.Join(", ", fields.RequiredTexts("values").Select(KqlText.Literal));
        ComposedQuery rows = fields.Rows(Name).Then("| where ");
        if (_isWhite && fields.RequiredFlag("ignore_null"))
        {
            rows = rows.Then("isnotempty(tostring(").Then(field).Then(")) and ");
        }

        rows = rows.Then("tostring(").Then(field).Then(_isWhite ? $") !in ({values})" : $") in ({values})");
        return AnyKind.OfRows(fields, rows.Then("\n"));
    }
}
