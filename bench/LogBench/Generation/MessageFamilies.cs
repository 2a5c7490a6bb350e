namespace Bongsu.LogBench.Generation;

/// <summary>The messages of each level, one entry as often as it comes.</summary>
internal static class MessageFamilies
{
    /// <summary>Level debug.</summary>
    public static MessageTemplate[] Debug { get; } = Parse(
        "acquired connection conn={below:4000} from pool=primary active={below:64} idle={below:64} wait={below:900}us request_id={hex:16}",
        "feature flag {flag} evaluated to {bool} for user={user} bucket={below:100} rule={hex:8} region={region}",
        "deserialized payload of {below:90000} bytes content_type=application/json schema=v{below:9} in {below:2000}us request_id={hex:16}",
        "http client opened connection to {anyip}:443 tls=1.3 cipher=TLS_AES_128_GCM_SHA256 connect_timeout={below:10}s alpn=h2 request_id={hex:16}");

    /// <summary>Level info.</summary>
    public static MessageTemplate[] Info { get; } = Parse(
        Request,
        Request,
        Request,
        "user={user} session started from {ip} agent=\"{agent}\" session={hex:12} ttl={below:86400}s",
        "cache hit for key=user:{user}:profile region={region} age={below:3600}s size={below:9000}B backend=redis-0{below:6} request_id={hex:16}",
        "published event {topic} id={hex:16} partition={below:24} offset={offset} took={duration:25}ms key={user} acks=all",
        "sql query finished in {duration}ms rows={below:200} pool=primary " +
            "stmt=\"SELECT * FROM {table} WHERE user_id = $1 AND state = $2 LIMIT 50\" user={user}",
        "upstream call to http://{service}.svc:8080{path} returned {status} in {duration}ms, retries={below:3} user={user} request_id={hex:16}");

    /// <summary>Level info of services that speak Korean, in place of every third one.</summary>
    public static MessageTemplate[] Korean { get; } = Parse(
        "{family}{given}님의 결제가 승인되었습니다 금액={below:900000}원 주문={below:1000000} user={user} request_id={hex:16}",
        "결제를 취소했습니다 사유={reason} 환불={below:300000}원 주문={below:1000000} user={user} request_id={hex:16}",
        "결제는 끝났으나 영수증을 보내지 못해 {below:9}분 뒤에 다시 보냅니다 user={user} request_id={hex:16}",
        "돌봄 일정이 바뀌었습니다 종류={visit} 돌보미={family}{given} 시작={below:24}시 user={user}",
        "{family}{given} 어르신의 복약 확인이 {below:90}분 늦어 보호자에게 알림을 보냈습니다 user={user} 기기={hex:12}",
        "건강 기록을 저장했습니다 혈압={below:180}/{below:110} 맥박={below:120} 걸음={below:20000} user={user}",
        "쿠폰이 적용되었습니다 할인={below:30000}원 쿠폰={hex:8} user={user} request_id={hex:16}",
        "배송을 시작했습니다 운송장={below:2000000000} 지역={region} user={user}");

    /// <summary>Level warn.</summary>
    public static MessageTemplate[] Warn { get; } = Parse(
        "slow query took {duration:2000}ms threshold=500ms table={table} rows_examined={below:2000000} user={user} request_id={hex:16}",
        "retrying request to {service} (attempt {below:5} of 5) after connection timeout, backoff={backoff}ms user={user} request_id={hex:16}",
        "rate limit exceeded for ip={ip} user={user} limit={limit}/min path={path} request_id={hex:16}",
        "validation failed for {method} {path}: field \"quantity\" must be between 1 and 99, got {below:9000} user={user}",
        "token for user={user} expires in {below:300}s, refresh recommended kid={hex:8} issuer=https://auth.example.com ip={ip}");

    /// <summary>Level error.</summary>
    public static MessageTemplate[] Error { get; } = Parse(
        UpstreamTimeout,
        UpstreamTimeout,
        Unhandled,
        Unhandled,
        "payment declined for user={user} amount={amount:50000} EUR code={code} processor=\"acme\" attempt={below:4} request_id={hex:16}",
        "failed to write batch of {below:500} rows to {table}: connection reset by peer after {duration}ms, host={anyip} request_id={hex:16}");

    private const string Request =
        "request completed method={method} path={path} status={status} duration={duration}ms bytes={below:60000} user={user} ip={ip} " +
        "request_id={hex:16}";

    private const string UpstreamTimeout =
        "upstream timeout after {wait}ms calling http://{service}.svc:8080{path} user={user} request_id={hex:16}";

    private const string Unhandled =
        "unhandled exception {exception}\n   at {frame} in /src/app/{self}.cs:line {below:900}\n   at {frame} request_id={hex:16}";

    private static MessageTemplate[] Parse(params string[] templates) =>
        Array.ConvertAll(templates, template => new MessageTemplate(template));
}
