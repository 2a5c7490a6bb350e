import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Chart, ticksOf } from '../../lang/chart';
import { formatShort } from '../../lang/format';
import { useWidth } from '../useSize';
import { Legend } from './Legend';
import { seriesColor } from './palette';

type CategoryData = Extract<Chart, { kind: 'column' | 'bar' }>;

/** Bars lying (bar) or standing (column), one group or stack for each category. */
export function CategoryChart({ chart }: { readonly chart: CategoryData }) {
  const [active, setActive] = useState<number | null>(null);
  const names = chart.series.map(({ name }) => name);
  return (
    <div className="chart-body">
      {chart.kind === 'bar' ? <Bars chart={chart} active={active} /> : <Columns chart={chart} active={active} />}
      {names.length > 1 && <Legend names={names} active={active} onActive={setActive} />}
    </div>
  );
}

interface PlotProps {
  readonly chart: CategoryData;
  readonly active: number | null;
}

const opacityOf = (active: number | null, index: number): number => (active !== null && active !== index ? 0.2 : 1);

function highest(chart: CategoryData): number {
  const totals = chart.categories.map((_, at) => {
    const values = chart.series.map(({ values }) => values[at] ?? 0);
    return chart.isStacked ? values.reduce((sum, value) => sum + value, 0) : Math.max(...values, 0);
  });
  return Math.max(...totals, 0);
}

function Bars({ chart, active }: PlotProps) {
  const max = highest(chart) || 1;
  return (
    <ul className="bars">
      {chart.categories.map((category, at) => (
        <li className="bar-row" key={category}>
          <span className="bar-name ellipsis" title={category}>
            {category}
          </span>
          <span className={chart.isStacked ? 'bar-track is-stacked' : 'bar-track'}>
            {chart.series.map(({ name, values }, index) => {
              const value = values[at] ?? 0;
              return (
                <span
                  className="bar-cell"
                  key={name}
                  title={`${name}: ${value}`}
                  style={{ opacity: opacityOf(active, index) }}
                >
                  <span
                    className="bar-fill"
                    style={{
                      width: `${Math.max((Math.abs(value) / max) * 100, value === 0 ? 0 : 0.4)}%`,
                      background: seriesColor(index, name),
                    }}
                  />
                  {!chart.isStacked && <span className="bar-value nums">{formatShort(value)}</span>}
                </span>
              );
            })}
          </span>
        </li>
      ))}
    </ul>
  );
}

const heightPx = 320;
const margin = { top: 12, right: 12, bottom: 64, left: 52 };

function Columns({ chart, active }: PlotProps) {
  const { t } = useTranslation();
  const [ref, width] = useWidth<HTMLDivElement>();
  const bottom = heightPx - margin.bottom;
  const ticks = ticksOf(0, highest(chart), 5);
  const top = ticks.at(-1) ?? 1;
  const slot = (width - margin.left - margin.right) / Math.max(chart.categories.length, 1);
  const y = (value: number) => bottom - (value / top) * (bottom - margin.top);
  const columnWidth = chart.isStacked ? Math.min(slot * 0.72, 64) : Math.min((slot * 0.76) / chart.series.length, 56);
  const isTight = slot < 90;
  return (
    <div ref={ref}>
      {width > 0 && (
        <svg
          width={width}
          height={heightPx}
          role="img"
          aria-label={t('chart.categoryLabel', { count: chart.categories.length })}
        >
          {ticks.map((tick) => (
            <g key={tick}>
              <line className="grid-line" x1={margin.left} x2={width - margin.right} y1={y(tick)} y2={y(tick)} />
              <text className="axis-text" x={margin.left - 8} y={y(tick) + 4} textAnchor="end">
                {formatShort(tick)}
              </text>
            </g>
          ))}
          {chart.categories.map((category, at) => {
            const centre = margin.left + slot * (at + 0.5);
            let base = 0;
            return (
              <g key={category}>
                {chart.series.map(({ name, values }, index) => {
                  const value = values[at] ?? 0;
                  const from = chart.isStacked ? base : 0;
                  base += value;
                  const left = chart.isStacked
                    ? centre - columnWidth / 2
                    : centre + (index - chart.series.length / 2) * columnWidth;
                  return (
                    <rect
                      key={name}
                      x={left + 0.5}
                      width={Math.max(columnWidth - 1, 1)}
                      y={y(from + value)}
                      height={Math.max(y(from) - y(from + value), 0)}
                      rx="1.5"
                      fill={seriesColor(index, name)}
                      opacity={opacityOf(active, index)}
                    >
                      <title>{`${category} · ${name}: ${value}`}</title>
                    </rect>
                  );
                })}
                <text
                  className="axis-text"
                  x={centre}
                  y={bottom + 16}
                  textAnchor={isTight ? 'end' : 'middle'}
                  transform={isTight ? `rotate(-32 ${centre} ${bottom + 12})` : undefined}
                >
                  {category.length > 18 ? `${category.slice(0, 17)}…` : category}
                </text>
              </g>
            );
          })}
        </svg>
      )}
    </div>
  );
}
