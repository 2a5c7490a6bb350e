using System.Security.Cryptography;
using System.Text;
using Bongsu.Alert.Channels;

namespace Bongsu.Alert.Rules;

/// <summary>The files of a rules folder, read and changed by their names in it.</summary>
/// <param name="path">The folder; made with its first file.</param>
internal sealed class RuleFolder(string path)
{
    private const int MaxNameChars = 200;

    /// <summary>Longest file taken, in characters.</summary>
    public const int MaxTextChars = 1_000_000;

    /// <summary>What is wrong with the name of a file, or null.</summary>
    public static string? FaultOf(string file)
    {
        string[] parts = file.Split('/');
        if (file.Length > MaxNameChars || parts.Any(part => part.Length == 0 || part.StartsWith('.') || part.Any(IsRefused)))
        {
            return $"'{file}' is no name of a rule file: up to {MaxNameChars} letters, digits, '-', '_', '.' and spaces, folders divided by '/'";
        }

        if (Path.GetExtension(file) is not (".yaml" or ".yml"))
        {
            return $"'{file}' must end in .yaml";
        }

        // It may hold secrets, and is not for everybody who may read rules.
        return file == ChannelFile.FileName ? $"'{file}' holds addresses of receivers; it is changed on the machine only" : null;
    }

    /// <summary>A file, or null where it is not there.</summary>
    public RuleFileText? Read(string file)
    {
        string place = Path.Combine(path, file);
        if (!File.Exists(place))
        {
            return null;
        }

        string text = File.ReadAllText(place);
        return new RuleFileText(file, text, VersionOf(text));
    }

    /// <summary>Writes a file whole or not at all.</summary>
    public RuleFileText Write(string file, string text)
    {
        string place = Path.Combine(path, file);
        Directory.CreateDirectory(Path.GetDirectoryName(place)!);
        string temporary = place + ".tmp";
        using (var stream = new FileStream(temporary, FileMode.Create, FileAccess.Write))
        {
            stream.Write(Encoding.UTF8.GetBytes(text));
            stream.Flush(flushToDisk: true);
        }

        File.Move(temporary, place, overwrite: true);
        return new RuleFileText(file, text, VersionOf(text));
    }

    /// <summary>Removes a file.</summary>
    public void Delete(string file) => File.Delete(Path.Combine(path, file));

    private static bool IsRefused(char character) => !char.IsLetterOrDigit(character) && character is not ('-' or '_' or '.' or ' ');

    private static string VersionOf(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 8));
}
