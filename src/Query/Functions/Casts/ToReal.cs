namespace Bongsu.Query.Functions.Casts;

/// <summary>To a real.</summary>
internal sealed class ToReal() : CastFunction("toreal(value:any) -> real", "todouble", "tofloat");
