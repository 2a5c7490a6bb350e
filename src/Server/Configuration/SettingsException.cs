namespace Bongsu.Server.Configuration;

/// <summary>The configuration is wrong; the message says where and is all the user needs.</summary>
internal sealed class SettingsException(string message) : Exception(message);
