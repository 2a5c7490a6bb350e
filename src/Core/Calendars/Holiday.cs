namespace Bongsu.Core.Calendars;

/// <summary>One holiday. A date may have two.</summary>
/// <param name="Date">The local date.</param>
/// <param name="Kind">Why it is one.</param>
/// <param name="Name">English name.</param>
/// <param name="KoreanName">Korean name.</param>
/// <param name="IsMajor">Belongs to Seollal or Chuseok, when life differs from any other holiday.</param>
public sealed record Holiday(DateOnly Date, HolidayKind Kind, string Name, string KoreanName, bool IsMajor = false);
