using System.Text;

namespace Bongsu.Tests.Core.Templates;

/// <summary>Messages that a miner must survive: like logs, and like nothing.</summary>
internal static class HostileMessages
{
    private static readonly string[] s_words =
    [
        "request", "user", "timeout", "<*>", "<*", "*>", "결제가", "don't", "a", "key", "한글=값", "http", "error:", "x", "-", "e5",
    ];

    private static readonly string[] s_values =
    [
        "0", "-1", "-0", "007", "9223372036854775807", "9223372036854775808", "-9223372036854775808", "99999999999999999999",
        "0.5", "-0.00", "12.34ms", "1.", ".5", "1e5", "+3", "10.0.0.1", "10.0.0.1:8080", "256.1.1.1", "01.2.3.4", "1.2.3.4.5",
        "0123456789abcdef", "1234567890123456", "DEADBEEF", "0x7f", "0x", "blk_-1608999687919862906", "user:152434:profile",
        "/api/v1/orders/123456/status", "/", "//", "/10.0.0.1:80", "http://search.svc:8080/api/x?a=1", "http://", "http://h",
        "C:\\x\\y", "12:34:56.789", "2026-11-01T00:00:00Z", "eu-west-1", "redis-03", "3건", "15분", "1,234", "\"quoted 1\"",
        "\"un", "\"a\\\"b\"", "''", "\"\"", "=", "==", "a=b", "k=", "k=,", "[1, 2]", "{\"a\":1,\"b\":\"x\"}", "%d", "100%", "#12",
    ];

    public static byte[] Next(Random random)
    {
        int shape = random.Next(20);
        if (shape == 0)
        {
            byte[] noise = new byte[random.Next(200)];
            random.NextBytes(noise);
            return noise;
        }

        if (shape == 1)
        {
            return [];
        }

        var text = new StringBuilder();
        int parts = shape == 2 ? random.Next(300) : random.Next(1, 12);
        for (int part = 0; part < parts; part++)
        {
            text.Append(random.Next(4) switch
            {
                0 => Pick(random, s_words),
                1 => Pick(random, s_values),
                2 => Pick(random, s_words) + "=" + Pick(random, s_values),
                _ => random.Next(100_000).ToString(System.Globalization.CultureInfo.InvariantCulture),
            });
            text.Append(Pick(random, [" ", " ", " ", " ", "", ",", ", ", "\n", "\0", "\t", ";", ":", "=", ".", "\"", "|", "(", ")"]));
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static string Pick(Random random, string[] from) => from[random.Next(from.Length)];
}
