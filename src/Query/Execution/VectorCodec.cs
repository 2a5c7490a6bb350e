using System.Runtime.InteropServices;
using Bongsu.Core.Types;
using Bongsu.Core.Vectors;

namespace Bongsu.Query.Execution;

/// <summary>
/// Vectors inside checkpoints: a flag byte (1 = has nulls), the validity words, then the values, little-endian.
/// </summary>
internal static class VectorCodec
{
    public static void Write(BinaryWriter writer, Vector vector)
    {
        writer.Write(vector.HasNulls);
        for (int row = 0; vector.HasNulls && row < vector.Length; row++)
        {
            writer.Write(!vector.IsNull(row));
        }

        switch (vector)
        {
            case StringVector strings:
                for (int row = 0; row < strings.Length; row++)
                {
                    WriteBytes(writer, strings[row]);
                }

                break;
            case DynamicVector values:
                for (int row = 0; row < values.Length; row++)
                {
                    WriteBytes(writer, values[row].Bytes);
                }

                break;
            case FixedVector<bool> fixedVector:
                WriteFixed(writer, fixedVector);
                break;
            case FixedVector<int> fixedVector:
                WriteFixed(writer, fixedVector);
                break;
            case FixedVector<long> fixedVector:
                WriteFixed(writer, fixedVector);
                break;
            case FixedVector<double> fixedVector:
                WriteFixed(writer, fixedVector);
                break;
            case FixedVector<decimal> fixedVector:
                WriteFixed(writer, fixedVector);
                break;
            case FixedVector<Guid> fixedVector:
                WriteFixed(writer, fixedVector);
                break;
            default:
                throw new NotSupportedException($"a vector of {vector.Type.Name()} cannot be written");
        }
    }

    public static Vector Read(BinaryReader reader, ScalarType type, int count)
    {
        if (count < 0)
        {
            throw new InvalidDataException($"a vector of {count} rows");
        }

        Bitmap? validity = ReadValidity(reader, count);
        switch (type)
        {
            case ScalarType.String:
                var strings = new StringVectorBuilder();
                for (int row = 0; row < count; row++)
                {
                    strings.Append(ReadBytes(reader));
                }

                return strings.Build();
            case ScalarType.Dynamic:
                var values = new DynamicVectorBuilder();
                for (int row = 0; row < count; row++)
                {
                    values.Append(ReadBytes(reader));
                }

                return values.Build();
            case ScalarType.Bool:
                return ReadFixed<bool>(reader, type, count, validity);
            case ScalarType.Int:
                return ReadFixed<int>(reader, type, count, validity);
            case ScalarType.Real:
                return ReadFixed<double>(reader, type, count, validity);
            case ScalarType.Decimal:
                return ReadFixed<decimal>(reader, type, count, validity);
            case ScalarType.Guid:
                return ReadFixed<Guid>(reader, type, count, validity);
            default:
                return ReadFixed<long>(reader, type, count, validity);
        }
    }

    public static void WriteBytes(BinaryWriter writer, ReadOnlySpan<byte> bytes)
    {
        writer.Write7BitEncodedInt(bytes.Length);
        writer.Write(bytes);
    }

    public static byte[] ReadBytes(BinaryReader reader)
    {
        int length = reader.Read7BitEncodedInt();
        byte[] bytes = reader.ReadBytes(length);
        return bytes.Length == length ? bytes : throw new InvalidDataException("the bytes of a value are cut off");
    }

    public static void WriteSpan<T>(BinaryWriter writer, ReadOnlySpan<T> values)
        where T : unmanaged =>
        writer.Write(MemoryMarshal.AsBytes(values));

    public static void ReadSpan<T>(BinaryReader reader, Span<T> values)
        where T : unmanaged
    {
        Span<byte> room = MemoryMarshal.AsBytes(values);
        while (!room.IsEmpty)
        {
            int read = reader.Read(room);
            if (read == 0)
            {
                throw new InvalidDataException("the values of a state are cut off");
            }

            room = room[read..];
        }
    }

    private static Bitmap? ReadValidity(BinaryReader reader, int count)
    {
        if (!reader.ReadBoolean())
        {
            return null;
        }

        var validity = new Bitmap(count);
        for (int row = 0; row < count; row++)
        {
            validity[row] = reader.ReadBoolean();
        }

        return validity;
    }

    private static void WriteFixed<T>(BinaryWriter writer, FixedVector<T> vector)
        where T : unmanaged
    {
        if (!vector.IsConstant)
        {
            WriteSpan(writer, vector.Values);
            return;
        }

        for (int row = 0; row < vector.Length; row++)
        {
            WriteSpan(writer, vector.Values);
        }
    }

    private static FixedVector<T> ReadFixed<T>(BinaryReader reader, ScalarType type, int count, Bitmap? validity)
        where T : unmanaged
    {
        T[] values = new T[count];
        ReadSpan(reader, values.AsSpan());
        return new FixedVector<T>(type, values, count, validity);
    }
}
