import { useId, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { BacktestLine, BacktestSeries } from '../../api/rules';
import { ticksOf, timeTicks } from '../../lang/chart';
import { formatClock, formatShort, formatTime } from '../../lang/format';
import { usePreferences } from '../../state/preferences';
import { useWidth } from '../useSize';
import { columnsOf, earlierPlotOf, mainColumn, plotOf } from './ruleChart';

const heightPx = 240;
/** A label nearer to the edge than this is not centred. */
const edgePx = 24;
const stripPx = 6;
const margin = { top: 10, right: 14, bottom: 38, left: 52 };

interface RuleChartProps {
  readonly series: BacktestSeries;
  readonly line: BacktestLine;
  /** The same key in another version of the rule. */
  readonly earlier?: { readonly series: BacktestSeries; readonly line: BacktestLine | null };
}

/** The value of one key over time against its band or threshold, with the spans in which it fired. */
export function RuleChart({ series, line, earlier }: RuleChartProps) {
  const { t } = useTranslation();
  const { zone } = usePreferences();
  const [ref, width] = useWidth<HTMLDivElement>();
  const hatch = useId();
  const [hoverPx, setHoverPx] = useState<number | null>(null);
  const columns = columnsOf(series);
  const [chosen, setChosen] = useState<string | null>(null);
  const column = chosen !== null && columns.includes(chosen) ? chosen : mainColumn(series);
  const plot = useMemo(() => plotOf(series, line, column), [series, line, column]);
  const old = useMemo(
    () => earlier && earlierPlotOf(earlier.series, earlier.line, plot, column),
    [earlier, plot, column],
  );
  const right = Math.max(width, 240) - margin.right;
  const bottom = heightPx - margin.bottom;
  const yTicks = ticksOf(plot.low, plot.high, 4);
  const low = Math.min(yTicks[0] ?? 0, plot.low);
  const high = Math.max(yTicks.at(-1) ?? 1, plot.high);
  const x = (ms: number) => margin.left + ((ms - plot.fromMs) / (plot.toMs - plot.fromMs || 1)) * (right - margin.left);
  const y = (value: number) => bottom - ((value - low) / (high - low || 1)) * (bottom - margin.top);
  const path = (points: readonly (readonly [number, number])[]) =>
    `M${points.map(([ms, value]) => `${x(ms).toFixed(1)},${y(value).toFixed(1)}`).join('L')}`;
  const bandPath = (points: readonly (readonly [number, number, number])[]) =>
    `${path(points.map(([ms, , upper]) => [ms, upper] as const))}L${points
      .toReversed()
      .map(([ms, lower]) => `${x(ms).toFixed(1)},${y(lower).toFixed(1)}`)
      .join('L')}Z`;
  const offsetMs = zone === 'utc' ? 0 : -new Date(plot.fromMs).getTimezoneOffset() * 60_000;
  const index =
    hoverPx === null
      ? null
      : Math.round(((hoverPx - margin.left) / (right - margin.left)) * Math.max(series.points - 1, 1));
  const at = index === null || index < 0 || index >= series.points ? null : index;
  const atMs = plot.fromMs + (at ?? 0) * series.stepSeconds * 1000;
  return (
    <div ref={ref} className="chart-body rule-chart" data-testid="rule-chart">
      {width > 0 && (
        <svg
          width={width}
          height={heightPx}
          role="img"
          className="plot"
          aria-label={t('backtest.chartLabel', { count: plot.firing.length })}
          onPointerMove={(event) => setHoverPx(event.clientX - event.currentTarget.getBoundingClientRect().left)}
          onPointerLeave={() => setHoverPx(null)}
        >
          <pattern id={hatch} width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
            <line className="rule-hatch" x1="1" x2="1" y1="0" y2="6" />
          </pattern>
          {plot.firing.map(([from, to]) => (
            <rect
              key={from}
              className="rule-firing"
              x={x(from) - 1}
              width={Math.max(x(to) - x(from), 2)}
              y={margin.top}
              height={bottom - margin.top}
            />
          ))}
          {plot.leftOut.map(([from, to, why]) => (
            <g key={`${from} ${why}`} data-testid="left-out">
              <rect
                fill={`url(#${hatch})`}
                x={x(from)}
                width={Math.max(x(to) - x(from), 2)}
                y={margin.top}
                height={bottom - margin.top}
              />
              <title>{t('backtest.leftOut', { why })}</title>
            </g>
          ))}
          {yTicks.map((tick) => (
            <g key={tick}>
              <line className="grid-line" x1={margin.left} x2={right} y1={y(tick)} y2={y(tick)} />
              <text className="axis-text" x={margin.left - 8} y={y(tick) + 4} textAnchor="end">
                {formatShort(tick)}
              </text>
            </g>
          ))}
          {timeTicks(plot.fromMs, plot.toMs, Math.max(width / 120, 2), offsetMs).map((tick) => (
            <text
              key={tick}
              className="axis-text"
              x={x(tick)}
              y={heightPx - 7}
              textAnchor={x(tick) > right - edgePx ? 'end' : 'middle'}
            >
              {plot.toMs - plot.fromMs > 2 * 86_400_000
                ? formatTime(tick, zone, 'minute').slice(5)
                : formatClock(tick, zone, 'minute')}
            </text>
          ))}
          {plot.band.map((points) => (
            <path key={points[0]?.[0]} className="rule-band" d={bandPath(points)} />
          ))}
          {plot.expected.map((points) => (
            <path key={points[0]?.[0]} className="rule-expected" d={path(points)} />
          ))}
          {plot.thresholds.map((limit) => (
            <line key={limit} className="rule-threshold" x1={margin.left} x2={right} y1={y(limit)} y2={y(limit)} />
          ))}
          {old?.thresholds
            .filter((limit) => limit >= low && limit <= high)
            .map((limit) => (
              <line
                key={limit}
                className="rule-threshold is-earlier"
                x1={margin.left}
                x2={right}
                y1={y(limit)}
                y2={y(limit)}
              />
            ))}
          {plot.firing.map(([from, to]) => (
            <Strip key={from} className="rule-strip" from={x(from)} to={x(to)} top={bottom + 2} />
          ))}
          {old?.firing.map(([from, to]) => (
            <Strip key={from} className="rule-strip is-earlier" from={x(from)} to={x(to)} top={bottom + 3 + stripPx} />
          ))}
          {plot.values.map((points) =>
            points.length === 1 && points[0] ? (
              <circle key={points[0][0]} className="rule-point" cx={x(points[0][0])} cy={y(points[0][1])} r="2" />
            ) : (
              <path key={points[0]?.[0]} className="rule-value" d={path(points)} />
            ),
          )}
          {at !== null && <line className="cursor-line" x1={x(atMs)} x2={x(atMs)} y1={margin.top} y2={bottom} />}
        </svg>
      )}
      <ul className="rule-legend">
        {columns.length > 1 ? (
          <li>
            <span className="rule-key is-value" />
            <select
              className="input small"
              value={column}
              aria-label={t('backtest.column')}
              onChange={(event) => setChosen(event.target.value)}
            >
              {columns.map((name) => (
                <option key={name}>{name}</option>
              ))}
            </select>
          </li>
        ) : (
          <LegendEntry name="value" text={column} />
        )}
        {plot.band.length > 0 && <LegendEntry name="band" text={t('backtest.legend.band')} />}
        {plot.expected.length > 0 && (
          <LegendEntry name="expected" text={t(`backtest.legend.${plot.band.length > 0 ? 'expected' : 'before'}`)} />
        )}
        {plot.leftOut.length > 0 && <LegendEntry name="left-out" text={t('backtest.legend.leftOut')} />}
        {plot.thresholds.length > 0 && <LegendEntry name="threshold" text={t('backtest.legend.limit')} />}
        {plot.firing.length > 0 && <LegendEntry name="firing" text={t('backtest.legend.firing')} />}
        {old && old.firing.length > 0 && <LegendEntry name="earlier" text={t('backtest.legend.earlier')} />}
      </ul>
      <div className="chart-when nums">
        {at === null
          ? '\u00a0'
          : [
              formatTime(atMs, zone, 'second'),
              ...series.columns.map((name) => `${name} ${formatNumber(line.values[name]?.[at])}`),
              ...plot.leftOut
                .filter(([from, to]) => atMs >= from && atMs <= to)
                .map(([, , why]) => t('backtest.leftOut', { why })),
            ].join(' · ')}
      </div>
    </div>
  );
}

const formatNumber = (value: number | null | undefined) => (value == null ? '–' : formatShort(value));

interface StripProps {
  readonly className: string;
  readonly from: number;
  readonly to: number;
  readonly top: number;
}

/** When it fired, below the plot. */
function Strip({ className, from, to, top }: StripProps) {
  return <rect className={className} x={from - 1} width={Math.max(to - from, 3)} y={top} height={stripPx} rx="1" />;
}

function LegendEntry({ name, text }: { readonly name: string; readonly text: string }) {
  return (
    <li>
      <span className={`rule-key is-${name}`} /> {text}
    </li>
  );
}
