using System.Text;

namespace Bongsu.LogBench.Generation;

/// <summary>The words that rows are made of.</summary>
internal static class Vocabulary
{
    /// <summary>Services, the busiest first.</summary>
    public static IReadOnlyList<byte[]> Services { get; } = Words(
        "gateway checkout catalog search cart payments auth users orders inventory " +
        "shipping pricing recommend reviews email notify media billing fraud audit");

    /// <summary>Machines; each service runs on all of them.</summary>
    public static IReadOnlyList<byte[]> Hosts { get; } = Words("node-1 node-2 node-3 node-4 node-5");

    /// <summary>HTTP methods, as often as they come.</summary>
    public static IReadOnlyList<byte[]> Methods { get; } = Words("GET GET GET GET POST POST PUT DELETE");

    /// <summary>200 paths of an API; <c>{id}</c> stands for a number.</summary>
    public static IReadOnlyList<string> Paths { get; } = MakePaths();

    /// <summary>Word lists that messages pick from, by name.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<byte[]>> Lists { get; } = new Dictionary<string, IReadOnlyList<byte[]>>
    {
        ["service"] = Services,
        ["region"] = Words("eu-west-1 eu-central-1 us-east-1 ap-northeast-2 ap-south-1"),
        ["table"] = Words("orders cart_items users payments inventory sessions audit_log"),
        ["topic"] = Words("order.created order.paid user.updated stock.changed mail.queued payment.settled"),
        ["flag"] = Words("checkout_v2 new_search fast_ship dark_mode price_test_b"),
        ["bool"] = Words("true false"),
        ["limit"] = Words("60 120 600"),
        ["wait"] = Words("5000 10000 30000"),
        ["backoff"] = Words("100 200 400 800 1600"),
        ["code"] = Words("51 54 61 91"),
        ["agent"] = Lines(
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64)", "Mozilla/5.0 (iPhone; CPU iPhone OS 17_4)", "okhttp/4.12.0",
            "Go-http-client/2.0", "curl/8.5.0"),
        ["exception"] = Lines(
            "System.NullReferenceException: Object reference not set to an instance of an object",
            "System.InvalidOperationException: Sequence contains no elements",
            "System.Net.Http.HttpRequestException: Connection refused",
            "Npgsql.PostgresException: 40P01: deadlock detected",
            "System.IO.IOException: Broken pipe"),
        ["frame"] = Lines(
            "Shop.Cart.CartService.GetTotal(Cart cart)", "Shop.Pay.Gateway.ChargeAsync(Charge charge)",
            "Shop.Orders.Repository.SaveAsync(Order order)", "Shop.Search.Index.Query(String text)"),
        ["family"] = Words("김 이 박 최 정 강 조 윤 장 임"),
        ["given"] = Words("서연 민준 지우 하준 서윤 도윤 은우 수아 지호 하은"),
        ["reason"] = Lines("단순 변심", "한도 초과", "중복 결제", "상품 품절", "잔액 부족"),
        ["visit"] = Lines("방문 요양", "병원 동행", "말벗", "가사 지원"),
    };

    private static byte[][] Words(string words) => Lines(words.Split(' '));

    private static byte[][] Lines(params string[] lines) => Array.ConvertAll(lines, Encoding.UTF8.GetBytes);

    private static string[] MakePaths()
    {
        string[] resources = ("orders items users carts payments invoices sessions products reviews shipments " +
            "refunds coupons addresses devices tokens events reports exports images labels").Split(' ');
        string[] actions =
            ["", "/{id}", "/{id}/status", "/{id}/history", "/search", "/{id}/items", "/batch", "/{id}/notes", "/count", "/{id}/audit"];
        return [.. actions.SelectMany(action => resources.Select((resource, index) => $"/api/v{1 + (index % 3)}/{resource}{action}"))];
    }
}
