using System.Globalization;
using System.Text;
using Bongsu.Core.Batches;
using Bongsu.Ingest;
using Bongsu.Ingest.Pipelines.Masking;

namespace Bongsu.Tests.Ingest.Pipelines;

public class MaskingTests
{
    private const string All = "processors: [{mask: {kinds: all, keys: true}}]";

    [Theory]
    [InlineData("주민번호 900101-1234567 입니다", "주민번호 ******-******* 입니다")]
    [InlineData("rrn=9001011234567,", "rrn=*************,")]
    [InlineData("foreigner 991231-5123456", "foreigner ******-*******")]
    [InlineData("q=900101%2D1234567&x", "q=******%2D*******&x")]
    [InlineData("전화 010-1234-5678로", "전화 ***-****-****로")]
    [InlineData("tel 01012345678", "tel ***********")]
    [InlineData("tel 011-234-5678", "tel ***-***-****")]
    [InlineData("tel +82-10-1234-5678.", "tel +**-**-****-****.")]
    [InlineData("tel +82 2 345 6789", "tel +** * *** ****")]
    [InlineData("(02) 345-6789", "(**) ***-****")]
    [InlineData("031.123.4567", "***.***.****")]
    [InlineData("card 4111 1111 1111 1111 ok", "card **** **** **** **** ok")]
    [InlineData("card=4111-1111-1111-1111", "card=****-****-****-****")]
    [InlineData("card=4111%201111%201111%201111", "card=****%20****%20****%20****")]
    [InlineData("amex 3782 822463 10005", "amex **** ****** *****")]
    [InlineData("5555555555554444", "****************")]
    [InlineData("at 2024-01-01 4111111111111111", "at 2024-01-01 ****************")]
    [InlineData("mail kim.cs+x@mail.example.co.kr, ok", "mail ***, ok")]
    [InlineData("mail=kim%40example.com&y=1", "mail=***&y=1")]
    [InlineData("메일kim@example.com입니다", "메일***입니다")]
    [InlineData("Authorization: Bearer abcdef0123456789.x-y_z", "Authorization: Bearer ***")]
    [InlineData("bearer%20abcdef0123456789", "bearer%20***")]
    [InlineData("t=eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abc-def_x end", "t=*** end")]
    [InlineData("a@b.com c@d.org", "*** ***")]
    public void Mask_BuiltInKinds_AreHidden(string text, string expected)
    {
        string json = System.Text.Json.JsonSerializer.Serialize(text);
        PipelineResult result = PipelineText.Run(All, $"{{\"message\":{json}}}");
        Assert.Equal(expected, result.Cell("message"));
    }

    [Theory]
    [InlineData("blk_900101-1234567890 is long")]
    [InlineData("901301-1234567 has no such month")]
    [InlineData("900101-9234567 has no such century")]
    [InlineData("4111 1111 1111 1112 fails Luhn")]
    [InlineData("id 1700000000000 and 1700000000000000")]
    [InlineData("10.251.73.220:50010 size 67108864")]
    [InlineData("2024-01-01 10:00:00.123 took 15 ms")]
    [InlineData("011 is no number, 010-12 neither")]
    [InlineData("a@b and @Decorator(x) user@host")]
    [InlineData("the bearer of news")]
    [InlineData("eyJ is a beginning")]
    [InlineData("081109 203615 148 INFO dfs.DataNode$PacketResponder")]
    [InlineData("blk_-6952295868487656571 terminating")]
    [InlineData("한글만 있는 줄")]
    public void Mask_OtherText_IsLeftAlone(string text)
    {
        Batch batch = PipelineText.Decode($"{{\"message\":{System.Text.Json.JsonSerializer.Serialize(text)}}}");
        PipelineResult result = PipelineText.Load(All).Apply("logs", batch);
        Assert.Same(batch.Find("message"), result.Batch.Find("message"));
    }

    [Fact]
    public void Mask_KeepLast_LeavesDigitsAtTheEnd()
    {
        PipelineResult result = PipelineText.Run(
            "processors: [{mask: {kinds: [card, phone, email], keep_last: 4}}]", "{\"message\":\"4111-1111-1111-1111 010-1234-5678 kim@example.com\"}");
        Assert.Equal("****-****-****-1111 ***-****-5678 ***.com", result.Cell("message"));
    }

    [Fact]
    public void Mask_EverywhereInTheRow_NothingIsLeftInTheBatch()
    {
        string[] secrets =
        [
            "900101-1234567", "9001011234567", "010-1234-5678", "4111111111111111", "4111 1111 1111 1111", "kim@example.com",
            "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.sig", "abcdef0123456789ABCDEF",
        ];
        var random = new Random(17);
        for (int round = 0; round < 300; round++)
        {
            var rows = new List<string>();
            for (int row = 0; row < 5; row++)
            {
                string secret = secrets[random.Next(secrets.Length)];
                string text = secret.StartsWith("abc", StringComparison.Ordinal) ? "Bearer " + secret : secret;
                string encoded = Uri.EscapeDataString(text);
                rows.Add(random.Next(8) switch
                {
                    0 => $"{{\"message\":\"pay {text} end\"}}",
                    1 => $"{{\"user\":{{\"contact\":\"{text}\"}}}}",
                    2 => $"{{\"items\":[1,{{\"a\":[\"x {text}\"]}}]}}",
                    3 => $"{{\"items\":[{{\"k {text}\":1}}]}}",
                    4 => $"{{\"k {text}\":true}}",
                    5 => $"{{\"query\":\"q={encoded}&lang=ko\"}}",
                    6 when long.TryParse(secret, out long number) => $"{{\"number\":{number},\"list\":[{number}]}}",
                    _ => $"{{\"message\":\"검색 {encoded}\"}}",
                });
            }

            byte[] bytes = PipelineText.Bytes(PipelineText.Run(All, [.. rows]).Batch);
            foreach (string secret in secrets)
            {
                Assert.True(bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(secret)) < 0, $"{secret} in\n{string.Join('\n', rows)}");
                Assert.True(bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(Uri.EscapeDataString(secret))) < 0, $"{secret} in\n{string.Join('\n', rows)}");
            }
        }
    }

    [Fact]
    public void Mask_ByField_HidesTheWholeValueAtAnyDepth()
    {
        PipelineResult result = PipelineText.Run(
            "processors: [{mask: {fields: [password, '*.pin', items.secret]}}]",
            "{\"password\":\"a\",\"card\":{\"pin\":1234},\"items\":[{\"secret\":\"b\",\"open\":\"c\"}],\"n\":1}",
            "{\"password\":\"\",\"n\":2}");
        Assert.Equal("***", result.Cell("password"));
        Assert.Equal("", result.Cell("password", 1));
        Assert.Equal("***", result.Cell("card.pin"));
        Assert.Equal("[{\"secret\":\"***\",\"open\":\"c\"}]", result.Cell("items"));
        Assert.Equal("1", result.Cell("n"));
    }

    [Fact]
    public void Mask_DecodedCopyOfAField_GoesWithIt()
    {
        PipelineResult result = PipelineText.Run(
            "processors: [{mask: {fields: query}}]", "{\"query\":\"q=%EA%B2%B0%EC%A0%9C\"}");
        Assert.Equal(("***", "***"), (result.Cell("query"), result.Cell("query_decoded")));
    }

    [Fact]
    public void Mask_Pattern_HidesTheFirstGroupOnly()
    {
        PipelineResult result = PipelineText.Run(
            "processors: [{mask: {pattern: 'session=(\\w+)'}}]", "{\"message\":\"session=abc session=def 한글 id=1\"}");
        Assert.Equal("session=*** session=*** 한글 id=1", result.Cell("message"));
    }

    [Fact]
    public void Hash_SameValueSameHash_AndTheKeyMatters()
    {
        Environment.SetEnvironmentVariable("BONGSU_TEST_KEY", "0123456789abcdef");
        const string Yaml = "processors: [{hash: {fields: [user, n], key_env: BONGSU_TEST_KEY}}, {hash: {kinds: email, key_env: BONGSU_TEST_KEY}}]";
        PipelineResult result = PipelineText.Run(
            Yaml, "{\"user\":\"kim\",\"n\":7,\"message\":\"to a@b.com\"}", "{\"user\":\"kim\",\"message\":\"to a@b.com\"}", "{\"user\":\"lee\"}");
        byte[] expected = System.Security.Cryptography.HMACSHA256.HashData("0123456789abcdef"u8, "kim"u8);
        Assert.Equal(Convert.ToHexStringLower(expected.AsSpan(0, 16)), result.Cell("user"));
        Assert.Equal(result.Cell("user"), result.Cell("user", 1));
        Assert.NotEqual(result.Cell("user"), result.Cell("user", 2));
        Assert.Equal(32, result.Cell("n").Length);
        Assert.Equal(result.Cell("message"), result.Cell("message", 1));
        Assert.Matches("^to [0-9a-f]{32}$", result.Cell("message"));
    }

    [Fact]
    public void Finder_AnyBytes_StaysInside()
    {
        var random = new Random(23);
        byte[] alphabet = "0123456789-. +%20D)(@abeyJr.Bearer"u8.ToArray();
        for (int round = 0; round < 100_000; round++)
        {
            byte[] text = new byte[random.Next(0, 40)];
            for (int at = 0; at < text.Length; at++)
            {
                text[at] = alphabet[random.Next(alphabet.Length)];
            }

            int from = 0;
            while (SecretFinder.TryFind(text, from, SecretKind.All, out int start, out int length, out _))
            {
                Assert.True(start >= from && length > 0 && start + length <= text.Length, Encoding.ASCII.GetString(text));
                from = start + length;
            }
        }
    }

    [Fact]
    public void Finder_EveryCardAndResidentNumberOfTheirForm_IsFound()
    {
        var random = new Random(29);
        for (int round = 0; round < 5_000; round++)
        {
            var born = new DateTime(1950, 1, 1).AddDays(random.Next(0, 25_000));
            string resident = born.ToString("yyMMdd", CultureInfo.InvariantCulture) + "-" + random.Next(1, 9) + random.Next(0, 1_000_000).ToString("000000", CultureInfo.InvariantCulture);
            Assert.True(SecretFinder.TryFind(Encoding.ASCII.GetBytes("x" + resident + "y"), 0, SecretKind.ResidentNumber, out int start, out int length, out _));
            Assert.Equal((1, 14), (start, length));
            string card = "4" + random.NextInt64(0, 100_000_000_000_000).ToString("00000000000000", CultureInfo.InvariantCulture);
            int sum = 0;
            for (int at = 0; at < 15; at++)
            {
                int digit = (card[14 - at] - '0') * (at % 2 == 0 ? 2 : 1);
                sum += digit / 10 + digit % 10;
            }

            card += ((10 - (sum % 10)) % 10).ToString(CultureInfo.InvariantCulture);
            Assert.True(SecretFinder.TryFind(Encoding.ASCII.GetBytes(" " + card), 0, SecretKind.Card, out start, out length, out _), card);
            Assert.Equal((1, 16), (start, length));
        }
    }
}
