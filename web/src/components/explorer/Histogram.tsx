import { type KeyboardEvent, type PointerEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ticksOf, timeTicks } from '../../lang/chart';
import { formatClock, formatCount, formatShort, formatTime } from '../../lang/format';
import type { Level } from '../../lang/levels';
import { levels } from '../../lang/levels';
import type { HistogramData } from '../../state/histogram';
import { usePreferences } from '../../state/preferences';
import type { TimeRange } from '../../state/timeRange';
import { absolute, zoom } from '../../state/timeRange';
import { useWidth } from '../useSize';

const heightPx = 92;
const margin = { top: 6, right: 8, bottom: 18, left: 44 };
const minimumBrushPx = 4;

interface HistogramProps {
  readonly data: HistogramData;
  readonly isStale: boolean;
  readonly onRange: (range: TimeRange) => void;
}

/** Rows over time, split by level. Drag to choose a range; arrows and plus or minus do it by keyboard. */
export function Histogram({ data, isStale, onRange }: HistogramProps) {
  const { t, i18n } = useTranslation();
  const { zone } = usePreferences();
  const [ref, width] = useWidth<HTMLDivElement>();
  const [hover, setHover] = useState<number | null>(null);
  const [brush, setBrush] = useState<readonly [number, number] | null>(null);
  const { fromMs, toMs, stepMs, bins } = data;
  const right = Math.max(width - margin.right, margin.left + 1);
  const bottom = heightPx - margin.bottom;
  const spanMs = toMs - fromMs;
  const x = (ms: number) => margin.left + ((ms - fromMs) / spanMs) * (right - margin.left);
  const invert = (px: number) => fromMs + ((px - margin.left) / (right - margin.left)) * spanMs;
  const highest = bins.reduce((high, { total }) => Math.max(high, total), 0);
  const yTicks = ticksOf(0, highest || 1, 2);
  const top = yTicks.at(-1) || 1;
  const y = (value: number) => bottom - (value / top) * (bottom - margin.top);
  const offsetMs = zone === 'utc' ? 0 : -new Date(fromMs).getTimezoneOffset() * 60_000;
  const hovered = hover === null || brush ? undefined : bins.find(({ atMs }) => hover >= atMs && hover < atMs + stepMs);

  const positionOf = (event: PointerEvent<SVGSVGElement>) =>
    Math.min(Math.max(event.clientX - event.currentTarget.getBoundingClientRect().left, margin.left), right);
  const finish = () => {
    if (brush && Math.abs(brush[1] - brush[0]) >= minimumBrushPx) {
      onRange(absolute(invert(Math.min(...brush)), invert(Math.max(...brush))));
    }

    setBrush(null);
  };

  return (
    <div
      ref={ref}
      className={isStale ? 'histogram is-stale' : 'histogram'}
      role="group"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: it is interactive, by keys
      tabIndex={0}
      aria-label={t('histogram.label', { total: formatCount(data.total, i18n.language) })}
      aria-keyshortcuts="+ - ArrowLeft ArrowRight"
      onKeyDown={(event) => {
        const next = rangeOfKey(event, fromMs, toMs);
        if (next) {
          event.preventDefault();
          event.stopPropagation();
          onRange(next);
        }
      }}
    >
      {width > 0 && (
        <svg
          width={width}
          height={heightPx}
          className="plot"
          aria-hidden="true"
          data-testid="histogram"
          onPointerDown={(event) => {
            if (event.button === 0) {
              event.currentTarget.setPointerCapture(event.pointerId);
              setBrush([positionOf(event), positionOf(event)]);
            }
          }}
          onPointerMove={(event) => {
            const at = positionOf(event);
            setHover(invert(at));
            setBrush((old) => (old ? [old[0], at] : null));
          }}
          onPointerLeave={() => setHover(null)}
          onPointerUp={finish}
          onPointerCancel={() => setBrush(null)}
          onDoubleClick={() => onRange(zoom(fromMs, toMs, 3))}
        >
          {yTicks.map((tick) => (
            <g key={tick}>
              <line className="grid-line" x1={margin.left} x2={right} y1={y(tick)} y2={y(tick)} />
              <text className="axis-text" x={margin.left - 7} y={y(tick) + 4} textAnchor="end">
                {formatShort(tick)}
              </text>
            </g>
          ))}
          {timeTicks(fromMs, toMs, Math.max(width / 120, 2), offsetMs).map((tick) => (
            <text key={tick} className="axis-text" x={x(tick)} y={heightPx - 4} textAnchor="middle">
              {spanMs > 2 * 86_400_000
                ? formatTime(tick, zone, 'minute').slice(5)
                : formatClock(tick, zone, spanMs < 600_000 ? 'second' : 'minute')}
            </text>
          ))}
          {bins.map((bin) => (
            <Bar
              key={bin.atMs}
              counts={bin.counts}
              left={Math.max(x(bin.atMs), margin.left)}
              right={x(bin.atMs + stepMs)}
              y={y}
              isHot={bin === hovered}
            />
          ))}
          {brush && (
            <rect
              className="brush"
              x={Math.min(...brush)}
              width={Math.abs(brush[1] - brush[0])}
              y={margin.top}
              height={bottom - margin.top}
            />
          )}
        </svg>
      )}
      {hovered && (
        <div
          className="histogram-tip"
          style={
            x(hovered.atMs) > width / 2
              ? { right: width - x(hovered.atMs) + 8 }
              : { left: x(hovered.atMs + stepMs) + 8 }
          }
        >
          <div className="nums dim">{formatTime(hovered.atMs, zone, stepMs < 1000 ? 'ms' : 'second')}</div>
          {levels
            .filter((level) => hovered.counts[level])
            .map((level) => (
              <div className="row" key={level}>
                <span className="swatch" style={{ background: `var(--${level}-fill)` }} />
                <span className="grow">{t(`level.${level}`)}</span>
                <b className="nums">{formatCount(hovered.counts[level] ?? 0, i18n.language)}</b>
              </div>
            ))}
        </div>
      )}
    </div>
  );
}

interface BarProps {
  readonly counts: Partial<Record<Level, number>>;
  readonly left: number;
  readonly right: number;
  readonly y: (value: number) => number;
  readonly isHot: boolean;
}

function Bar({ counts, left, right, y, isHot }: BarProps) {
  let base = 0;
  const width = Math.max(right - left - (right - left > 4 ? 1 : 0), 0.6);
  return (
    <g opacity={isHot ? 0.75 : 1}>
      {levels.map((level) => {
        const count = counts[level] ?? 0;
        const from = base;
        base += count;
        return count === 0 ? null : (
          // Whatever there is, is seen: a single error among thousands keeps a pixel.
          <rect
            key={level}
            x={left}
            width={width}
            y={Math.min(y(base), y(from) - 1)}
            height={Math.max(y(from) - y(base), 1)}
            fill={`var(--${level}-fill)`}
          />
        );
      })}
    </g>
  );
}

function rangeOfKey(event: KeyboardEvent, fromMs: number, toMs: number): TimeRange | null {
  const quarter = (toMs - fromMs) / 4;
  switch (event.key) {
    case '+':
    case '=':
      return zoom(fromMs, toMs, 0.5);
    case '-':
    case '_':
      return zoom(fromMs, toMs, 2);
    case 'ArrowLeft':
      return absolute(fromMs - quarter, toMs - quarter);
    case 'ArrowRight':
      return absolute(fromMs + quarter, toMs + quarter);
    default:
      return null;
  }
}
