import { useTranslation } from 'react-i18next';
import type { Alert } from '../api/types';
import { timeTicks } from '../lang/chart';
import { formatClock, formatTime } from '../lang/format';
import { lanesOf } from '../state/alerts';
import { usePreferences } from '../state/preferences';
import { severityClass } from './Severity';
import { useWidth } from './useSize';

const maxLanes = 14;
const lanePx = 24;
const axisPx = 20;
const minimumBarPx = 3;
/** Labels nearer to an end than this would be cut if centred. */
const edgePx = 18;

interface AlertTimelineProps {
  readonly alerts: readonly Alert[];
  readonly fromMs: number;
  readonly toMs: number;
  readonly active: string | null;
  readonly onRule: (rule: string) => void;
}

/** One lane for each rule, a bar for each alert. */
export function AlertTimeline({ alerts, fromMs, toMs, active, onRule }: AlertTimelineProps) {
  const { t } = useTranslation();
  const { zone } = usePreferences();
  const [ref, width] = useWidth<HTMLDivElement>();
  const lanes = lanesOf(alerts, maxLanes);
  const heightPx = lanes.length * lanePx + axisPx;
  const x = (ms: number) => ((Math.min(Math.max(ms, fromMs), toMs) - fromMs) / (toMs - fromMs)) * width;
  const offsetMs = zone === 'utc' ? 0 : -new Date(fromMs).getTimezoneOffset() * 60_000;
  return (
    <div className="timeline">
      <ul className="timeline-names">
        {lanes.map(({ rule }) => (
          <li key={rule}>
            <button
              type="button"
              className="ellipsis"
              aria-pressed={rule === active}
              title={rule}
              onClick={() => onRule(rule)}
            >
              {rule}
            </button>
          </li>
        ))}
      </ul>
      <div ref={ref} className="timeline-plot">
        {width > 0 && (
          <svg width={width} height={heightPx} role="img" aria-label={t('alerts.timeline', { count: alerts.length })}>
            {timeTicks(fromMs, toMs, Math.max(width / 110, 2), offsetMs).map((tick) => (
              <g key={tick}>
                <line className="grid-line" x1={x(tick)} x2={x(tick)} y1={0} y2={heightPx - axisPx} />
                <text
                  className="axis-text"
                  x={x(tick)}
                  y={heightPx - 5}
                  textAnchor={x(tick) < edgePx ? 'start' : x(tick) > width - edgePx ? 'end' : 'middle'}
                >
                  {toMs - fromMs > 2 * 86_400_000
                    ? formatTime(tick, zone).slice(5, 10)
                    : formatClock(tick, zone, 'minute')}
                </text>
              </g>
            ))}
            {lanes.map(({ rule, alerts: list }, lane) => (
              <g key={rule} opacity={active !== null && active !== rule ? 0.25 : 1}>
                <line
                  className="grid-line"
                  x1={0}
                  x2={width}
                  y1={(lane + 1) * lanePx - 0.5}
                  y2={(lane + 1) * lanePx - 0.5}
                />
                {list.map((alert) => {
                  const left = x(Date.parse(alert.startedAt));
                  const right = alert.resolvedAt ? x(Date.parse(alert.resolvedAt)) : width;
                  return (
                    <rect
                      key={alert.id}
                      className={`timeline-bar ${severityClass(alert.severity)}`}
                      x={left}
                      width={Math.max(right - left, minimumBarPx)}
                      y={lane * lanePx + 6}
                      height={lanePx - 12}
                      rx="3"
                    >
                      <title>{`${alert.annotations.summary ?? alert.rule} · ${formatTime(Date.parse(alert.startedAt), zone, 'second')}`}</title>
                    </rect>
                  );
                })}
              </g>
            ))}
          </svg>
        )}
      </div>
    </div>
  );
}
