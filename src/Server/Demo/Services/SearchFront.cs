namespace Bongsu.Server.Demo.Services;

/// <summary>The integrated search front: access logs with percent-encoded Korean queries; calls the cache
/// tier.</summary>
internal sealed class SearchFront(CacheTier cache) : CompanyService("search", 9, "search-1", "search-2", "search-3", "search-4")
{
    private static readonly string[] s_queries =
    [
        "서울 날씨", "환율", "지하철 노선도", "부산 맛집", "축구 일정", "코스피", "영화 예매", "제주도 항공권", "감기 증상", "김치찌개 레시피",
        "토익 시험일정", "미세먼지", "로또 당첨번호", "택배 조회", "전세 대출 금리", "강릉 카페", "고속도로 교통상황", "아이폰 17", "수능 등급컷",
        "번역기", "weather seoul", "bts tour", "c# span", "usd krw", "노트북 추천", "설날 기차표 예매", "근처 약국", "독감 예방접종",
    ];

    private static readonly string[] s_tabs = ["all", "news", "image", "blog", "map", "shopping"];
    private static readonly string[] s_agents =
    [
        "Mozilla/5.0 (iPhone; CPU iPhone OS 19_1 like Mac OS X)", "Mozilla/5.0 (Linux; Android 16; SM-S936N)",
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64)", "Mozilla/5.0 (Macintosh; Intel Mac OS X 15_6)", "Yeti/1.1 (+https://example.com/bot)",
    ];

    /// <inheritdoc/>
    public override void Emit(in Moment moment)
    {
        string host = moment.Pick(Hosts);
        string trace = moment.NewTraceId();
        string query = moment.Pick(s_queries);
        string path = $"/search?where={moment.Pick(s_tabs)}&query={Uri.EscapeDataString(query)}&page={1 + (moment.Random.Next(10) / 7)}";
        double cacheMs = cache.Lookup(moment, trace, $"serp:{query.Length}:{moment.Random.Next(4000):x3}", out bool isTimedOut);
        double durationMs = cacheMs + moment.Latency(28);
        int status = isTimedOut ? (moment.Chance(0.7) ? 504 : 200) : moment.Chance(0.002) ? 500 : moment.Chance(0.01) ? 404 : 200;
        if (isTimedOut)
        {
            Log.Write(
                moment.After(cacheMs), host, status == 504 ? "ERROR" : "WARN",
                $"timeout waiting for cache-2 after {cacheMs:0} ms, query={query}, fallback={(status == 504 ? "none" : "origin")}", trace);
        }

        string ip = $"211.{moment.Random.Next(30, 60)}.{moment.Random.Next(256)}.{moment.Random.Next(1, 255)}";
        Log.Write(
            moment.After(durationMs), host, status >= 500 ? "ERROR" : "INFO", $"GET {path} {status} {durationMs:0}ms", trace,
            "method", "GET", "path", path, "status", status, "duration_ms", durationMs, "client_ip", ip, "user_agent", moment.Pick(s_agents));
    }
}
