namespace Bongsu.Alert.Import.ElastAlert;

/// <summary>A part of an ElastAlert rule cannot be carried over; says why.</summary>
internal sealed class ImportException(string message) : Exception(message);
