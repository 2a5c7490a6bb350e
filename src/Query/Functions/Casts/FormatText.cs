using System.Globalization;
using Bongsu.Core.Dynamic;
using Bongsu.Core.Text;
using Bongsu.Core.Types;
using Bongsu.Core.Vectors;
using Bongsu.Query.Functions.Kernels;

namespace Bongsu.Query.Functions.Casts;

/// <summary>Prints values of one type as <c>tostring()</c> does; null prints as the empty string.</summary>
internal readonly struct FormatText : IRowOperation<StringVectorBuilder>
{
    private readonly ScalarType _type;

    public FormatText(ScalarType type)
    {
        _type = type;
    }

    public static bool TakesNulls => true;

    public void Append(in Row row, StringVectorBuilder output)
    {
        if (row.IsNull(0))
        {
            output.AppendNull();
            return;
        }

        switch (_type)
        {
            case ScalarType.Bool:
                output.Append(row.Bool(0) ? "true"u8 : "false"u8);
                break;
            case ScalarType.Int:
                Append(((FixedVector<int>)row[0])[row.Index], output);
                break;
            case ScalarType.Long:
                Append(row.Long(0), output);
                break;
            case ScalarType.Real:
                output.Append(ScalarText.Format(row.Real(0)));
                break;
            case ScalarType.Decimal:
                output.Append(ScalarText.Format(((FixedVector<decimal>)row[0])[row.Index]));
                break;
            case ScalarType.DateTime:
                output.Append(ScalarText.FormatDateTime(row.Long(0)));
                break;
            case ScalarType.TimeSpan:
                output.Append(ScalarText.FormatTimeSpan(row.Long(0)));
                break;
            case ScalarType.Guid:
                Append(row.Guid(0), output);
                break;
            default:
                AppendDynamic(row.Dynamic(0), output);
                break;
        }
    }

    private static void AppendDynamic(DynamicReader value, StringVectorBuilder output)
    {
        switch (value.Kind)
        {
            case DynamicKind.String:
                output.Append(value.Utf8);
                break;
            case DynamicKind.Long:
                Append(value.AsLong, output);
                break;
            default:
                output.Append(ScalarText.FormatDynamic(value));
                break;
        }
    }

    private static void Append<T>(T value, StringVectorBuilder output)
        where T : IUtf8SpanFormattable
    {
        value.TryFormat(output.Reserve(40), out int written, default, CultureInfo.InvariantCulture);
        output.Commit(written);
    }
}
