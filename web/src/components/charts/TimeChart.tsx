import { type PointerEvent, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Chart, type Series, ticksOf, timeTicks } from '../../lang/chart';
import { formatClock, formatShort, formatTime } from '../../lang/format';
import { usePreferences } from '../../state/preferences';
import { useWidth } from '../useSize';
import { Legend } from './Legend';
import { seriesColor } from './palette';

type TimeChartData = Extract<Chart, { kind: 'time' }>;

const heightPx = 320;
const margin = { top: 12, right: 16, bottom: 26, left: 52 };
/** Fewer pixels of dragging are a click, not a range. */
const minimumBrushPx = 5;

interface TimeChartProps {
  readonly chart: TimeChartData;
  readonly onRange: (fromMs: number, toMs: number) => void;
}

/** Lines, areas or points over time (or over a number). Dragging across it sets the time range. */
export function TimeChart({ chart, onRange }: TimeChartProps) {
  const { t } = useTranslation();
  const { zone } = usePreferences();
  const [ref, width] = useWidth<HTMLDivElement>();
  const [active, setActive] = useState<number | null>(null);
  const [hover, setHover] = useState<number | null>(null);
  const [brush, setBrush] = useState<readonly [number, number] | null>(null);
  const plot = useMemo(() => layOut(chart, Math.max(width, 200)), [chart, width]);
  const { x, y, xs, yTicks, bands, fromX, toX } = plot;
  const offsetMs = zone === 'utc' ? 0 : -new Date(fromX).getTimezoneOffset() * 60_000;
  const xTicks = chart.isTime ? timeTicks(fromX, toX, Math.max(width / 110, 2), offsetMs) : ticksOf(fromX, toX, 8);
  const nearest = hover === null ? null : nearestOf(xs, plot.invert(hover));
  const label = (value: number, isLong: boolean) =>
    chart.isTime ? timeLabel(value, toX - fromX, zone, isLong) : formatShort(value);

  const positionOf = (event: PointerEvent<SVGSVGElement>) =>
    Math.min(Math.max(event.clientX - event.currentTarget.getBoundingClientRect().left, margin.left), plot.right);
  const values = chart.series.map(({ points }) => {
    const found = nearest === null ? undefined : points.find(([px]) => px === nearest);
    return found ? formatShort(found[1]) : null;
  });

  return (
    <div ref={ref} className="chart-body">
      {width > 0 && (
        <svg
          width={width}
          height={heightPx}
          role="img"
          aria-label={t('chart.timeLabel', { count: chart.series.length })}
          className="plot"
          onPointerDown={(event) => {
            if (chart.isTime && event.button === 0) {
              event.currentTarget.setPointerCapture(event.pointerId);
              setBrush([positionOf(event), positionOf(event)]);
            }
          }}
          onPointerMove={(event) => {
            const at = positionOf(event);
            setHover(at);
            setBrush((old) => (old ? [old[0], at] : null));
          }}
          onPointerLeave={() => setHover(null)}
          onPointerUp={() => {
            if (brush && Math.abs(brush[1] - brush[0]) >= minimumBrushPx) {
              onRange(plot.invert(Math.min(...brush)), plot.invert(Math.max(...brush)));
            }

            setBrush(null);
          }}
        >
          {yTicks.map((tick) => (
            <g key={tick}>
              <line className="grid-line" x1={margin.left} x2={plot.right} y1={y(tick)} y2={y(tick)} />
              <text className="axis-text" x={margin.left - 8} y={y(tick) + 4} textAnchor="end">
                {formatShort(tick)}
              </text>
            </g>
          ))}
          {xTicks.map((tick) => (
            <text key={tick} className="axis-text" x={x(tick)} y={heightPx - 8} textAnchor="middle">
              {label(tick, false)}
            </text>
          ))}
          {bands.map(({ name, line, area, points }, index) => (
            <g key={name} opacity={active !== null && active !== index ? 0.15 : 1}>
              {area && (
                <path d={area} fill={seriesColor(index, name)} opacity={chart.style === 'stack' ? 0.72 : 0.16} />
              )}
              {line && (
                <path d={line} fill="none" stroke={seriesColor(index, name)} strokeWidth="1.8" strokeLinejoin="round" />
              )}
              {points.map(([px, py]) => (
                <circle
                  key={`${px}:${py}`}
                  cx={px}
                  cy={py}
                  r={chart.style === 'scatter' ? 2.6 : 3}
                  fill={seriesColor(index, name)}
                />
              ))}
            </g>
          ))}
          {nearest !== null && (
            <line className="cursor-line" x1={x(nearest)} x2={x(nearest)} y1={margin.top} y2={plot.bottom} />
          )}
          {brush && (
            <rect
              className="brush"
              x={Math.min(...brush)}
              width={Math.abs(brush[1] - brush[0])}
              y={margin.top}
              height={plot.bottom - margin.top}
            />
          )}
        </svg>
      )}
      <div className="chart-when nums">{nearest === null ? '\u00a0' : label(nearest, true)}</div>
      <Legend names={chart.series.map(({ name }) => name)} active={active} onActive={setActive} values={values} />
    </div>
  );
}

function timeLabel(value: number, spanMs: number, zone: 'local' | 'utc', isLong: boolean): string {
  if (isLong) {
    return formatTime(value, zone, spanMs < 60_000 ? 'ms' : 'second');
  }

  return spanMs > 2 * 86_400_000
    ? formatTime(value, zone, 'minute').slice(5)
    : formatClock(value, zone, spanMs < 300_000 ? 'second' : 'minute');
}

function nearestOf(sorted: readonly number[], value: number): number | null {
  let best: number | null = null;
  for (const each of sorted) {
    if (best === null || Math.abs(each - value) < Math.abs(best - value)) {
      best = each;
    }
  }

  return best;
}

function layOut(chart: TimeChartData, width: number) {
  const right = width - margin.right;
  const bottom = heightPx - margin.bottom;
  const xs = Array.from(new Set(chart.series.flatMap(({ points }) => points.map(([px]) => px)))).sort((a, b) => a - b);
  const fromX = xs[0] ?? 0;
  const toX = xs.at(-1) ?? 1;
  const stacked = chart.style === 'stack' ? stack(chart.series, xs) : null;
  const tops = stacked ?? chart.series.map(({ points }) => points.map(([px, py]) => [px, py, 0] as const));
  const all = tops.flatMap((points) => points.map(([, py]) => py));
  const min = all.reduce((low, value) => Math.min(low, value), 0);
  const max = all.reduce((high, value) => Math.max(high, value), 0);
  const yTicks = ticksOf(min, max, 5);
  const lowTick = yTicks[0] ?? 0;
  const highTick = yTicks.at(-1) ?? 1;
  const x = (value: number) => margin.left + ((value - fromX) / (toX - fromX || 1)) * (right - margin.left);
  const y = (value: number) => bottom - ((value - lowTick) / (highTick - lowTick || 1)) * (bottom - margin.top);
  const invert = (px: number) => fromX + ((px - margin.left) / (right - margin.left)) * (toX - fromX);
  const bands = tops.map((points, index) => {
    const path = points.map(([px, py]) => `${x(px).toFixed(1)},${y(py).toFixed(1)}`);
    const back = points.map(([px, , base]) => `${x(px).toFixed(1)},${y(base).toFixed(1)}`).reverse();
    const isScatter = chart.style === 'scatter';
    return {
      name: chart.series[index]?.name ?? '',
      line: isScatter || path.length < 2 ? null : `M${path.join('L')}`,
      area: chart.style === 'area' || chart.style === 'stack' ? `M${path.join('L')}L${back.join('L')}Z` : null,
      points: isScatter || path.length === 1 ? points.map(([px, py]) => [x(px), y(py)] as const) : [],
    };
  });
  return { x, y, xs, yTicks, bands, fromX, toX, right, bottom, invert };
}

/** Each series on top of the ones before it: x, top, bottom. */
function stack(series: readonly Series[], xs: readonly number[]): (readonly [number, number, number])[][] {
  const base = new Map<number, number>();
  return series.map(({ points }) => {
    const own = new Map(points);
    return xs.map((px) => {
      const bottom = base.get(px) ?? 0;
      const top = bottom + (own.get(px) ?? 0);
      base.set(px, top);
      return [px, top, bottom] as const;
    });
  });
}
