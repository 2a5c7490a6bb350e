namespace Bongsu.Ingest.Pipelines.Grok;

/// <summary>The built-in patterns: the names grok users know, written anew so that they run in linear time.</summary>
internal static class GrokPatterns
{
    private const string Octet = "(?:25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])";

    /// <summary>Patterns by name.</summary>
    public static IReadOnlyDictionary<string, string> BuiltIn { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["DATA"] = ".*?",
        ["GREEDYDATA"] = ".*",
        ["SPACE"] = @"\s*",
        ["NOTSPACE"] = @"\S+",
        ["WORD"] = @"\b\w+\b",
        ["USERNAME"] = "[A-Za-z0-9._-]+",
        ["USER"] = "%{USERNAME}",
        ["EMAILADDRESS"] = @"[A-Za-z0-9._%+'-]+@[A-Za-z0-9.-]+\.[A-Za-z]{2,}",
        ["INT"] = "[+-]?[0-9]+",
        ["POSINT"] = @"\b[1-9][0-9]*\b",
        ["NONNEGINT"] = @"\b[0-9]+\b",
        ["BASE10NUM"] = @"[+-]?(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)",
        ["NUMBER"] = "%{BASE10NUM}",
        ["BASE16NUM"] = "[+-]?(?:0x)?[0-9A-Fa-f]+",
        ["QUOTEDSTRING"] = "(?:\"(?:\\\\.|[^\"\\\\])*\"|'(?:\\\\.|[^'\\\\])*')",
        ["QS"] = "%{QUOTEDSTRING}",
        ["UUID"] = "[0-9A-Fa-f]{8}-(?:[0-9A-Fa-f]{4}-){3}[0-9A-Fa-f]{12}",
        ["MAC"] = "(?:[0-9A-Fa-f]{2}[:-]){5}[0-9A-Fa-f]{2}",
        ["IPV4"] = @$"\b{Octet}(?:\.{Octet}){{3}}\b",
        ["IPV6"] = "(?:[0-9A-Fa-f]{0,4}:){2,7}(?:%{IPV4}|[0-9A-Fa-f]{0,4})(?:%[0-9A-Za-z]+)?",
        ["IP"] = "(?:%{IPV6}|%{IPV4})",
        ["HOSTNAME"] = @"\b[0-9A-Za-z](?:[0-9A-Za-z_-]*[0-9A-Za-z])?(?:\.[0-9A-Za-z](?:[0-9A-Za-z_-]*[0-9A-Za-z])?)*\.?",
        ["IPORHOST"] = "(?:%{IP}|%{HOSTNAME})",
        ["HOSTPORT"] = "%{IPORHOST}:%{POSINT}",
        ["PATH"] = "(?:%{UNIXPATH}|%{WINPATH})",
        ["UNIXPATH"] = @"(?:/[\w_%!$@:.,+~-]*)+",
        ["WINPATH"] = @"(?:[A-Za-z]:|\\)(?:\\[^\\?*]*)+",
        ["URIPROTO"] = "[A-Za-z][A-Za-z0-9+.-]*",
        ["URIHOST"] = "%{IPORHOST}(?::%{POSINT})?",
        ["URIPATH"] = @"(?:/[A-Za-z0-9$.+!*'(){},~:;=@#%&_\-]*)+",
        ["URIPARAM"] = @"\?[A-Za-z0-9$.+!*'|(){},~@#%&/=:;_?\-\[\]<>]*",
        ["URIPATHPARAM"] = "%{URIPATH}(?:%{URIPARAM})?",
        ["URI"] = "%{URIPROTO}://(?:%{USER}(?::[^@]*)?@)?(?:%{URIHOST})?(?:%{URIPATHPARAM})?",
        ["MONTH"] = @"\b(?:[Jj]an(?:uary)?|[Ff]eb(?:ruary)?|[Mm]ar(?:ch)?|[Aa]pr(?:il)?|[Mm]ay|[Jj]une?|[Jj]uly?|[Aa]ug(?:ust)?|" +
            @"[Ss]ep(?:tember)?|[Oo]ct(?:ober)?|[Nn]ov(?:ember)?|[Dd]ec(?:ember)?)\b",
        ["MONTHNUM"] = "(?:0?[1-9]|1[0-2])",
        ["MONTHDAY"] = "(?:0[1-9]|[12][0-9]|3[01]|[1-9])",
        ["DAY"] = @"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*",
        ["YEAR"] = "(?:[0-9]{4}|[0-9]{2})",
        ["HOUR"] = "(?:2[0-3]|[01]?[0-9])",
        ["MINUTE"] = "[0-5][0-9]",
        ["SECOND"] = "(?:[0-5]?[0-9]|60)(?:[:.,][0-9]+)?",
        ["TIME"] = "%{HOUR}:%{MINUTE}(?::%{SECOND})",
        ["ISO8601_TIMEZONE"] = "(?:Z|[+-]%{HOUR}(?::?%{MINUTE}))",
        ["TIMESTAMP_ISO8601"] = "%{YEAR}-%{MONTHNUM}-%{MONTHDAY}[T ]%{HOUR}:?%{MINUTE}(?::?%{SECOND})?%{ISO8601_TIMEZONE}?",
        ["HTTPDATE"] = "%{MONTHDAY}/%{MONTH}/%{YEAR}:%{TIME} %{INT}",
        ["SYSLOGTIMESTAMP"] = "%{MONTH} +%{MONTHDAY} %{TIME}",
        ["DATESTAMP"] = "(?:%{MONTHNUM}[/-]%{MONTHDAY}|%{MONTHDAY}[./-]%{MONTHNUM})[./-]%{YEAR}[- ]%{TIME}",
        ["PROG"] = @"[\x21-\x5a\x5c\x5e-\x7e]+",
        ["SYSLOGPROG"] = @"%{PROG:program}(?:\[%{POSINT:pid}\])?",
        ["SYSLOGHOST"] = "%{IPORHOST}",
        ["SYSLOGBASE"] = @"%{SYSLOGTIMESTAMP:timestamp} %{SYSLOGHOST:logsource} %{SYSLOGPROG}:",
        ["LOGLEVEL"] = "(?:[Tt]race|TRACE|[Dd]ebug|DEBUG|[Nn]otice|NOTICE|[Ii]nfo(?:rmation)?|INFO|[Ww]arn(?:ing)?|WARN(?:ING)?|" +
            "[Ee]rr(?:or)?|ERR(?:OR)?|[Cc]rit(?:ical)?|CRIT(?:ICAL)?|" +
            "[Ff]atal|FATAL|[Ss]evere|SEVERE|[Aa]lert|ALERT|[Ee]merg(?:ency)?|EMERG(?:ENCY)?)",
        ["HTTPDUSER"] = "(?:%{EMAILADDRESS}|%{USER})",
        ["COMMONAPACHELOG"] = "%{IPORHOST:clientip} %{HTTPDUSER:ident} %{HTTPDUSER:auth} \\[%{HTTPDATE:timestamp}\\] " +
            "\"(?:%{WORD:verb} %{NOTSPACE:request}(?: HTTP/%{NUMBER:httpversion})?|%{DATA:rawrequest})\" " +
            "%{INT:response:int} (?:%{NUMBER:bytes:int}|-)",
        ["COMBINEDAPACHELOG"] = "%{COMMONAPACHELOG} %{QS:referrer} %{QS:agent}",
    };
}
