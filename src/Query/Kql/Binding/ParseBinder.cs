using Bongsu.Core.Types;
using Bongsu.Query.Kql.Patterns;
using Bongsu.Query.Kql.Syntax;
using Bongsu.Query.Plan;

namespace Bongsu.Query.Kql.Binding;

/// <summary><c>parse</c> and <c>parse-where</c>.</summary>
internal static class ParseBinder
{
    public static LogicalPlan Bind(OperatorContext context, LogicalPlan input, OperatorSyntax syntax)
    {
        var parse = (ParseSyntax)syntax;
        BoundExpression text = context.Over(input).Bind(parse.Text);
        text = Coercion.Cast(text, ScalarType.String, context.Compilation, parse.Text.Span);

        string kind = parse.Options.GetValueOrDefault("kind", "simple");
        if (kind is not ("simple" or "relaxed" or "regex"))
        {
            throw new QueryException(
                "argument",
                $"unknown kind of parse '{kind}'",
                syntax.Span)
            { Expected = ["simple", "relaxed", "regex"] };
        }

        List<Column> columns = [.. input.Schema.Columns];
        List<int> outputs = [];
        var namer = new ColumnNamer();
        foreach (ParsePieceSyntax piece in parse.Pieces.Where(piece => piece.Column is not null))
        {
            var column = new Column(piece.Column!.Name, piece.Type!.Value);
            namer.Write(piece.Column);
            int index = columns.FindIndex(known => known.Name == column.Name);
            if (index < 0)
            {
                index = columns.Count;
                columns.Add(column);
            }
            else
            {
                columns[index] = column;
            }

            outputs.Add(index);
        }

        PatternParser parser = kind == "regex"
            ? RegexPatternParser.Compile(parse.Pieces, parse.Options.GetValueOrDefault("flags", ""), syntax.Span)
            : new LiteralPatternParser(parse.Pieces, isRelaxed: kind == "relaxed");
        return new ParsePlan(input, text, parser, outputs, syntax.Name == "parse-where", new Schema(columns));
    }
}
