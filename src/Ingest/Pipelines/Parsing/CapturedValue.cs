using System.Buffers.Text;
using System.Text;
using Bongsu.Ingest.Decoding;

namespace Bongsu.Ingest.Pipelines.Parsing;

/// <summary>Sets captured texts as values.</summary>
internal static class CapturedValue
{
    /// <summary>Names of the types, as in configuration.</summary>
    public static IReadOnlyDictionary<string, CaptureType> Names { get; } = new Dictionary<string, CaptureType>(StringComparer.Ordinal)
    {
        ["string"] = CaptureType.Text,
        ["text"] = CaptureType.Text,
        ["int"] = CaptureType.Long,
        ["long"] = CaptureType.Long,
        ["float"] = CaptureType.Real,
        ["real"] = CaptureType.Real,
        ["double"] = CaptureType.Real,
        ["bool"] = CaptureType.Bool,
        ["boolean"] = CaptureType.Bool,
    };

    /// <summary>Sets a text as the type wanted, or as text where it is not of that type: no value is lost.</summary>
    public static void Set(BatchBuilder builder, string name, string text, CaptureType type)
    {
        Field field = builder.Field(name);
        byte[] utf8 = Encoding.UTF8.GetBytes(text);
        if (type == CaptureType.Long && Utf8Parser.TryParse(utf8, out long whole, out int consumed) && consumed == utf8.Length)
        {
            builder.SetLong(field, whole);
        }
        else if (type == CaptureType.Real && Utf8Parser.TryParse(utf8, out double number, out consumed) && consumed == utf8.Length)
        {
            builder.SetReal(field, number);
        }
        else if (type == CaptureType.Bool && bool.TryParse(text, out bool truth))
        {
            builder.SetBool(field, truth);
        }
        else
        {
            builder.SetString(field, utf8);
        }
    }
}
