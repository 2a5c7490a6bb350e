namespace Bongsu.Alert.Judges;

/// <summary>What a history taught.</summary>
/// <param name="Keys">The series.</param>
/// <param name="Models">Their models, by the number of the key; fewer than keys where there are too many.</param>
internal sealed record LearntBands(SeriesKeys Keys, List<SeriesModel> Models);
