using System.Globalization;
using System.Text;
using Bongsu.Core.Batches;
using Bongsu.Core.Dynamic;
using Bongsu.Core.Types;
using Bongsu.Core.Vectors;

namespace Bongsu.Tests.Store.Golden;

/// <summary>Rows that take every encoding, the same for ever: the data of golden directories is made of them.</summary>
internal static class GoldenRows
{
    public const int BatchRows = 700;

    private static readonly long s_start = new DateTime(2026, 11, 21, 0, 0, 0, DateTimeKind.Utc).Ticks;

    public static readonly (string Name, ScalarType Type, Func<long, Scalar> Value)[] Columns =
    [
        ("timestamp", ScalarType.DateTime, row => Scalar.OfDateTime(s_start + (row * 10_000_000) + (long)(Noise(row, 1) % 5_000_000))),
        ("n", ScalarType.Long, row => Scalar.Of(row)),
        ("service", ScalarType.String, row => Scalar.Of(row < 1500 ? "pay" : "검색")),
        ("host", ScalarType.String, row => Scalar.Of("node-1")),
        ("message", ScalarType.String, row => Scalar.Of(Message(row))),
        ("trace_id", ScalarType.String, row => Scalar.Of(Noise(row / 5, 2).ToString("x16", CultureInfo.InvariantCulture) + "0123456789abcdef")),
        ("user_id", ScalarType.Long, row => Scalar.Of((long)(Noise(row / 5, 3) % 100_000))),
        ("client_ip", ScalarType.String, row => Scalar.Of($"10.{Noise(row / 5, 4) % 256}.{row / 5 % 256}.7")),
        ("request_uuid", ScalarType.String, row => Scalar.Of(Uuid(row).ToString())),
        ("duration_ms", ScalarType.Real, row => Scalar.Of(Noise(row, 5) % 100_000 / 100.0)),
        ("ratio", ScalarType.Real, row => Scalar.Of(Math.Sqrt(Noise(row, 6) % 1000))),
        ("status", ScalarType.Int, row => row % 11 == 0 ? Scalar.Null(ScalarType.Int) : Scalar.Of(200 + (int)(row % 4 * 100))),
        ("is_cached", ScalarType.Bool, row => Scalar.Of(Noise(row, 7) % 3 == 0)),
        ("waited", ScalarType.TimeSpan, row => Scalar.OfTimeSpan(row * row)),
        ("price", ScalarType.Decimal, row => Scalar.Of(Noise(row, 8) % 1_000_000 / 100m)),
        ("order", ScalarType.Guid, row => Scalar.Of(Uuid(row))),
        ("tags", ScalarType.Dynamic, row => Tags(row)),
        ("note", ScalarType.String, row => Scalar.Of($"{Noise(row, 9):x} 메모 {Noise(row, 10) % 97} {new string('z', (int)(row % 13))}")),
        ("target", ScalarType.String, row => Scalar.Of($"/api/v{1 + (row % 3)}/orders/{100_000 + (Noise(row, 29) % 900_000)}/status")),
        ("region", ScalarType.String, _ => Scalar.Of("ap-northeast-2")),
        ("span_id", ScalarType.String, row => Scalar.Of(Noise(row, 19).ToString("x16", CultureInfo.InvariantCulture))),
        ("peer", ScalarType.String, row => Scalar.Of($"{Noise(row, 20) % 256}.{Noise(row, 21) % 256}.{Noise(row, 22) % 256}.{row % 256}")),
        ("sender", ScalarType.String, row => Scalar.Of(row % 3 == 0 ? $"198.51.100.{row % 256}" : $"2001:db8::{(row % 65_535) + 1:x}:{(Noise(row, 30) % 65_535) + 1:x}")),
        ("offset", ScalarType.Long, row => Scalar.Of((row * 100_000) + (long)(Noise(row, 23) % 1000))),
        ("square", ScalarType.Long, row => Scalar.Of((row * row * 1000) + (long)(Noise(row, 26) % 7))),
        ("noise", ScalarType.Real, row => Scalar.Of(BitConverter.UInt64BitsToDouble((Noise(row, 24) >> 2) | 1))),
        ("uniform", ScalarType.Long, row => Scalar.Of((long)(Noise(row, 28) % 1_000_000))),
        ("skewed", ScalarType.Long, row => Scalar.Of((long)(Noise(row, 27) % (1UL << (int)(1 + (Noise(row, 25) % 30)))))),
        ("cycle", ScalarType.Long, row => Scalar.Of((long)Noise(row % 60, 11))),
    ];

    public static Batch Batch(int number) => StoreFixture.BatchOf([.. Columns.Select(column => (column.Name, Vector(column, number)))]);

    private static Vector Vector((string Name, ScalarType Type, Func<long, Scalar> Value) column, int number)
    {
        VectorBuilder builder = VectorBuilder.Create(column.Type);
        for (int row = 0; row < BatchRows; row++)
        {
            builder.AppendScalar(column.Value(((long)number * BatchRows) + row));
        }

        return builder.Build();
    }

    private static string Message(long row) => (row % 4) switch
    {
        0 => $"request completed path=/api/v1/orders/{Noise(row, 12) % 900_000} duration={Columns[9].Value(row).Value:F2}ms user={Columns[6].Value(row).AsLong}",
        1 => $"upstream timeout after {Noise(row, 13) % 30_000}ms request_id={Noise(row, 14):x16}",
        2 => $"결제 {Noise(row, 15) % 1000}건 실패: 카드사 응답 없음 ip={Columns[7].Value(row).AsString}",
        _ => row % 20 == 3 ? "" : "started",
    };

    private static Scalar Tags(long row)
    {
        if (row % 7 == 0)
        {
            return Scalar.Null(ScalarType.Dynamic);
        }

        string json = string.Create(CultureInfo.InvariantCulture, $$"""{"a":{{row % 5}},"b":["x",{{Noise(row, 16) % 10}}]}""");
        var writer = new DynamicWriter();
        Assert.True(DynamicJson.TryParse(Encoding.UTF8.GetBytes(json), writer));
        return Scalar.OfDynamic(writer.Written.ToArray());
    }

    private static Guid Uuid(long row) => new((int)Noise(row, 17), (short)row, 4, 1, 2, 3, 4, 5, 6, 7, (byte)Noise(row, 18));

    // splitmix64 (Steele, Lea, Flood, 2014).
    private static ulong Noise(long row, ulong salt)
    {
        ulong state = ((ulong)row * 0x9E3779B97F4A7C15) + (salt * 0xD1B54A32D192ED03);
        state = (state ^ (state >> 30)) * 0xBF58476D1CE4E5B9;
        state = (state ^ (state >> 27)) * 0x94D049BB133111EB;
        return state ^ (state >> 31);
    }
}
