namespace Bongsu.Query.Functions.Aggregates;

/// <summary><c>any(x, y …)</c>: the old name of <c>take_any</c>, with other default names.</summary>
internal sealed class AnyFunction : TakeAnyFunction
{
    public override string Name => "any";

    protected override string OutputName(string? argument) => $"any_{argument}";
}
