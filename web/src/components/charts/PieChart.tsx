import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatShort } from '../../lang/format';
import { Legend } from './Legend';
import { seriesColor } from './palette';

interface PieChartProps {
  readonly slices: readonly { readonly name: string; readonly value: number }[];
}

const radius = 110;
const hole = 66;

/** Shares of a whole, as a ring; the total stands in the middle. */
export function PieChart({ slices }: PieChartProps) {
  const { t } = useTranslation();
  const [active, setActive] = useState<number | null>(null);
  const total = slices.reduce((sum, { value }) => sum + value, 0);
  const ends = slices.map((_, index) => slices.slice(0, index + 1).reduce((sum, { value }) => sum + value, 0) / total);
  const shares = slices.map(({ value }) => `${formatShort(value)} · ${((value / total) * 100).toFixed(1)}%`);
  const shown = active === null ? null : slices[active];
  return (
    <div className="pie">
      <svg
        width={250}
        height={250}
        viewBox="-125 -125 250 250"
        role="img"
        aria-label={t('chart.pieLabel', { count: slices.length })}
      >
        {slices.map(({ name }, index) => (
          <path
            key={name}
            d={ring(ends[index - 1] ?? 0, ends[index] ?? 1)}
            fill={seriesColor(index, name)}
            fillRule="evenodd"
            opacity={active !== null && active !== index ? 0.25 : 1}
            onPointerEnter={() => setActive(index)}
            onPointerLeave={() => setActive(null)}
          />
        ))}
        <text className="pie-total" textAnchor="middle" y="4">
          {formatShort(shown?.value ?? total)}
        </text>
        <text className="axis-text" textAnchor="middle" y="24">
          {shown ? shown.name.slice(0, 18) : t('chart.total')}
        </text>
      </svg>
      <Legend names={slices.map(({ name }) => name)} active={active} onActive={setActive} values={shares} />
    </div>
  );
}

/** The path of a ring between two shares of the circle, with a hair of space beside it. */
function ring(from: number, to: number): string {
  const full = to - from > 0.9999;
  const end = full ? from + 0.9999 : to;
  const point = (share: number, r: number) => {
    const angle = share * 2 * Math.PI - Math.PI / 2;
    return `${(Math.cos(angle) * r).toFixed(2)} ${(Math.sin(angle) * r).toFixed(2)}`;
  };
  const isLarge = end - from > 0.5 ? 1 : 0;
  return (
    `M${point(from, radius)}A${radius} ${radius} 0 ${isLarge} 1 ${point(end, radius)}` +
    `L${point(end, hole)}A${hole} ${hole} 0 ${isLarge} 0 ${point(from, hole)}Z`
  );
}
