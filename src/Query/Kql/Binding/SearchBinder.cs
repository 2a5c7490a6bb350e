using System.Text.RegularExpressions;
using Bongsu.Core.Types;
using Bongsu.Query.Kql.Syntax;
using Bongsu.Query.Plan;

namespace Bongsu.Query.Kql.Binding;

/// <summary><c>search</c>: a term in any column of any table, or of those named.</summary>
internal static class SearchBinder
{
    private const string SourceColumn = "$table";

    public static LogicalPlan Bind(OperatorContext context, LogicalPlan? input, OperatorSyntax syntax)
    {
        var search = (SearchSyntax)syntax;
        List<UnionBinder.Input> tables = [];
        if (input is not null)
        {
            tables.Add(new UnionBinder.Input(context.Source is NameSyntax name ? name.Name : "", input));
        }
        else if (search.Tables.Count > 0)
        {
            foreach (ExpressionSyntax table in search.Tables)
            {
                UnionBinder.AddTables(context, table, isFuzzy: false, tables);
            }
        }
        else
        {
            UnionBinder.AddTables(context, new WildcardSyntax("*", syntax.Span), isFuzzy: false, tables);
        }

        bool isCaseSensitive = search.Options.GetValueOrDefault("kind") == "case_sensitive";
        ExpressionSyntax predicate = Rewrite(search.Predicate, isCaseSensitive);
        List<UnionBinder.Input> filtered = [];
        QueryException? missing = null;
        foreach (UnionBinder.Input table in tables)
        {
            try
            {
                BoundExpression bound = context.Over(table.Plan).Bind(predicate, ScalarType.Bool);
                filtered.Add(table with { Plan = new FilterPlan(table.Plan, bound) });
            }
            catch (QueryException error) when (error.Code == "unknown_name")
            {
                // A table without a column that is asked for has no rows to show.
                missing = error;
            }
        }

        return filtered.Count > 0
            ? UnionBinder.Combine(filtered, SourceColumn, isInner: false)
            : throw missing ?? new QueryException("unknown_table", "there is no table to search", syntax.Span);
    }

    // Strings that stand alone are terms to be found in any column.
    private static ExpressionSyntax Rewrite(ExpressionSyntax syntax, bool isCaseSensitive)
    {
        switch (syntax)
        {
            case LiteralSyntax { Value.Type: ScalarType.String } text:
                return Term(new WildcardSyntax("*", text.Span), text.Value.AsString, text, isCaseSensitive);
            case BinarySyntax { Operator: "and" or "or" } logical:
                return logical with
                {
                    Left = Rewrite(logical.Left, isCaseSensitive),
                    Right = Rewrite(
                    logical.Right, isCaseSensitive)
                };
            case BinarySyntax { Operator: ":", Right: LiteralSyntax { Value.Type: ScalarType.String } text } column:
                return Term(column.Left, text.Value.AsString, text, isCaseSensitive);
            case CallSyntax { Name: "not" } call:
                return call with
                {
                    Arguments = [.. call.Arguments.Select(
                    argument => argument with { Value = Rewrite(argument.Value, isCaseSensitive) })]
                };
            default:
                return syntax;
        }
    }

    // "a" is a term, "a*" its beginning, "*a" its end, "*a*" any part; a star inside makes it a regex.
    private static BinarySyntax Term(ExpressionSyntax target, string text, LiteralSyntax place, bool isCaseSensitive)
    {
        string inner = text.Trim('*');
        string operation = (text.StartsWith('*'), text.EndsWith('*')) switch
        {
            _ when inner.Length == 0 => "contains",
            (false, false) => "has",
            (false, true) => "hasprefix",
            (true, false) => "hassuffix",
            _ => "contains",
        };
        if (inner.Contains('*', StringComparison.Ordinal))
        {
            string pattern = string.Join(".*", text.Split('*').Select(Regex.Escape));
            return Apply("matches regex", (isCaseSensitive ? "" : "(?i)") + pattern);
        }

        return Apply(isCaseSensitive ? operation + "_cs" : operation, inner);

        BinarySyntax Apply(string name, string value) =>
            new(name, target, new LiteralSyntax(Scalar.Of(value), place.Span), place.Span, place.Span);
    }
}
