namespace Bongsu.Alert.Import.ElastAlert;

/// <summary>Why keys of ElastAlert have no counterpart here, and what is there instead.</summary>
internal static class UnkeptKeys
{
    private const string Connection = "Bongsu reads its own tables; there is no cluster to connect to";
    private const string Kibana = "an alert carries a link and the query that shows its rows";
    private const string Counting = "rules are computed on the stream; how rows would be fetched does not matter, and every key is counted";
    private const string Polling = "rules are computed on the stream as rows arrive; there is no polling to tune";
    private const string Grouping = "each key has an alert of its own; where many keys fire at once they become one (storm_share)";
    private const string Summary = "the alert's values, top patterns and sample rows are its evidence";
    private const string RowTime = "rows get their time when they come in; name its field there (/ingest/TABLE?time=FIELD)";
    private const string Delivery = "how a message is sent is set in channels.yaml";

    // Each reason with its keys.
    private static readonly (string Reason, string[] Keys)[] s_byReason =
    [
        (Grouping, ["aggregation", "aggregation_key", "aggregate_by_match_time"]),
        ("an alert is told once, however long it fires", ["exponential_realert"]),
        ("alerts are told apart by 'by'", ["realert_key"]),
        (Polling, ["buffer_time", "run_every", "max_threads", "misfire_grace_time", "allow_buffer_time_overlap"]),
        (
            Counting,
            [
                "max_query_size", "max_scrolling", "scroll_keepalive", "use_count_query", "use_terms_query",
                "terms_size", "window_step_size",
            ]),
        ("columns hold whole values", ["use_keyword_postfix"]),
        ("document types are gone from Elasticsearch too", ["doc_type"]),
        ("a rule that starts reads what its first windows need from the store", ["scan_entire_timeframe"]),
        ("windows always end at multiples of 'every' since midnight UTC", ["sync_bucket_interval"]),
        (RowTime, ["timestamp_field", "timestamp_type", "timestamp_format", "timestamp_format_expr", "timestamp_to_datetime_format_expr"]),
        ("all times are UTC", ["query_timezone"]),
        ("times in alerts are UTC", ["use_local_time"]),
        ("times in alerts are ISO 8601 in UTC", ["custom_pretty_ts_format"]),
        ("an alert has its key, values and sample rows; the query in it shows whole rows", ["include", "include_fields"]),
        ("all columns are stored", ["_source_enabled"]),
        (Delivery, ["include_match_in_root", "email", "email_reply_to", "from_addr", "cc", "bcc", "assets_dir"]),
        ("texts can name 'rule' and 'severity'", ["include_rule_params_in_matches"]),
        ("the query in the alert shows all rows behind it", ["attach_related"]),
        (
            Summary,
            [
                "top_count_keys", "top_count_number", "raw_count_keys", "summary_table_fields", "summary_table_type",
                "summary_table_max_rows", "summary_prefix", "summary_suffix",
            ]),
        ("code that changes matches is not run; use a pipeline at ingest, or | extend in the query", ["match_enhancements"]),
        ("code that changes matches is not run", ["run_enhancements_first"]),
        ("columns keep their dots", ["replace_dots_in_field_names"]),
        ("a table has all its days", ["search_extra_index", "use_strftime_index"]),
        ("the rule's figures are on /metrics", ["statsd_instance_tag", "statsd_host", "statsd_port"]),
        (
            "a rule always runs; '| where hourofday(timestamp) between (10 .. 18)' in the query has it see rows of these hours only (UTC)",
            ["limit_execution"]),
        ("what a channel shows is the channel's; summary and description are as given here", ["alert_text_type"]),
        ("a placeholder without value stays as it is written", ["alert_missing_value"]),
        ("numbers are rounded to what matters", ["metric_format_string", "percentage_format_string"]),
        ("a script is not run; write what it computes as KQL: metric: avg(a * b)", ["metric_agg_script"]),
        ("a rule that fails says so in its state, and is tried again", ["disable_rules_on_error"]),
        ("texts have placeholders, no template language", ["jinja_root_name", "jinja_template_path"]),
        ("'error: alert' makes an alert of a rule that fails", ["notify_email"]),
        ("no program is run; a webhook channel can call one", ["command"]),
        ("no program is run; a webhook channel sends JSON", ["pipe_match_json", "pipe_alert_text"]),
        ("no program is run", ["fail_on_non_zero_exit"]),
        ("what it names is not known here", ["field"]),
        ("made by ElastAlert itself from a list", ["compound_query_key", "compound_compare_key", "compound_aggregation_key"]),
        (
            Delivery,
            [
                "username", "password", "short_description", "comments", "assignment_group", "subcategory", "cmdb_ci", "caller_id", "impact",
                "urgency",
            ]),
        ("sequences are written as kind: sequence", ["eql"]),
        (Kibana, ["kibana_adapter", "kibana_adapter_port"]),
        ("texts have placeholders", ["new_style_string_format"]),
    ];

    private static readonly Dictionary<string, string> s_reasons = s_byReason
        .SelectMany(group => group.Keys.Select(key => (key, group.Reason)))
        .ToDictionary(pair => pair.key, pair => pair.Reason, StringComparer.Ordinal);

    // Longest first where one begins another.
    private static readonly (string Prefix, string Reason)[] s_prefixes =
    [
        ("es_", Connection), ("use_ssl", Connection), ("verify_certs", Connection), ("ssl_show_warn", Connection), ("ca_certs", Connection),
        ("client_cert", Connection), ("client_key", Connection), ("aws_region", Connection), ("profile", Connection), ("boto_profile", Connection),
        ("kibana", Kibana), ("generate_kibana", Kibana), ("shorten_kibana", Kibana), ("opensearch", Kibana), ("generate_opensearch", Kibana),
        ("use_kibana", Kibana), ("alert_text", "the text could not be carried over"),
    ];

    private static readonly HashSet<string> s_typeKeys =
    [
        "timeframe", "num_events", "threshold", "threshold_cur", "threshold_ref", "spike_height", "spike_type", "alert_on_new_data", "field_value",
        "forget_keys", "compare_key", "compound_compare_key", "blacklist", "whitelist", "ignore_null", "fields", "terms_window_size",
        "cardinality_field", "min_cardinality", "max_cardinality", "metric_agg_key", "metric_agg_type", "min_threshold", "max_threshold",
        "min_doc_count", "bucket_interval", "use_run_every_query_size", "percentile_range", "match_bucket_filter", "min_percentage",
        "max_percentage", "min_denominator", "alert_on_missing_field",
    ];

    private static readonly string[] s_alerters =
    [
        "alerta", "alertmanager", "chatwork", "datadog", "dingtalk", "discord", "email", "exotel", "flashduty", "gelf", "gitter", "googlechat",
        "hivealerter", "hive", "http_post2", "http_post", "iris", "jira", "lark", "line", "linenotify", "matrixhookshot", "mattermost",
        "ms_power_automate", "ms_teams", "opsgenie", "pagerduty", "pagertree", "rocket_chat", "rocketchat", "servicenow", "ses", "slack", "smseagle",
        "smtp", "sns", "splunk", "stomp", "telegram", "tencent_sms", "thehive", "twilio", "victorops", "webex_webhook", "webex", "workwechat",
        "yzj", "zbx", "zabbix", "indicator", "indexer", "aws", "tencent", "graylog", "webhook", "pushover", "signal",
    ];

    /// <summary>Whether some type of rule has the key as its own.</summary>
    public static bool IsOfSomeType(string key) => s_typeKeys.Contains(key);

    /// <summary>Why a key was not kept.</summary>
    public static string ReasonOf(string key)
    {
        if (s_reasons.TryGetValue(key, out string? reason))
        {
            return reason;
        }

        foreach ((string prefix, string why) in s_prefixes)
        {
            if (key.StartsWith(prefix, StringComparison.Ordinal))
            {
                return why;
            }
        }

        return s_alerters.Any(alerter => key == alerter || key.StartsWith(alerter + "_", StringComparison.Ordinal))
            ? Delivery
            : "no counterpart is known";
    }

    /// <summary>What to do for a way of telling people.</summary>
    public static string HintFor(string alerter) => alerter switch
    {
        "debug" => "alerts are listed and stored without any channel",
        "slack" => "put 'slack: ${SLACK_WEBHOOK}' under a name in channels.yaml, and that name under 'channels'",
        "email" or "ses" => "mail is not sent; name a webhook that mails in channels.yaml, and that name under 'channels'",
        "command" => "no program is run; name a webhook in channels.yaml that does what it did, and that name under 'channels'",
        _ => "put 'webhook: …' under a name in channels.yaml, and that name under 'channels'",
    };
}
