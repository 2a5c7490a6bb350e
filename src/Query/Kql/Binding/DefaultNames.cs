using Bongsu.Query.Functions;
using Bongsu.Query.Kql.Syntax;

namespace Bongsu.Query.Kql.Binding;

/// <summary>The names that result columns get where the query gives none.</summary>
/// <remarks>
/// A column keeps its name, a path joins its steps by <c>_</c>, some functions pass the name of an argument on, some
/// put their own
/// before it (<see cref="ResultNaming"/>); the rest is <c>Column1</c>, <c>Column2</c> …, which
/// <see cref="ColumnNamer"/> counts.
/// </remarks>
internal static class DefaultNames
{
    /// <summary>The name an expression suggests, or null where it suggests none.</summary>
    public static string? Of(ExpressionSyntax expression)
    {
        switch (expression)
        {
            case NameSyntax name:
                return name.Name;
            case MemberSyntax { Target: NameSyntax { Name: "$left" or "$right" } } side:
                return side.Name;
            case MemberSyntax member:
                return Of(member.Target) is { } target ? $"{target}_{member.Name}" : null;
            case IndexSyntax index:
                return Of(index.Target) is { } array ? $"{array}_{Step(index.Index)}" : null;
            case CallSyntax { Receiver: null } call:
                return OfCall(call);
            default:
                return null;
        }
    }

    /// <summary>Whether a function passes the name of its first argument on.</summary>
    public static bool PassesOn(string function) => ResultNaming.Of(function, "x") == "x";

    private static string? OfCall(CallSyntax call) =>
        call.Name == "ingestion_time" ? "$IngestionTime"
        : call.Arguments.Count > 0 ? ResultNaming.Of(call.Name, Of(call.Arguments[0].Value)) : null;

    private static string Step(ExpressionSyntax index) => index switch
    {
        LiteralSyntax { Value.Value: string text } => text,
        LiteralSyntax { Value.Value: long number } =>
            number.ToString(System.Globalization.CultureInfo.InvariantCulture),
        _ => "",
    };
}
