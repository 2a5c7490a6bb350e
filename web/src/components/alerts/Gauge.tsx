import { useTranslation } from 'react-i18next';
import { formatShort } from '../../lang/format';

interface GaugeProps {
  readonly name: string;
  readonly value: number;
  /** What is well: from, to; null = without end on that side. */
  readonly low: number | null;
  readonly high: number | null;
  readonly expected: number | null;
}

/** A value against what is well: a bar with the band or the limit, and where the value lies. */
export function Gauge({ name, value, low, high, expected }: GaugeProps) {
  const { t } = useTranslation();
  const known = [value, low, high, expected, 0].filter((each) => each !== null);
  const least = Math.min(...known);
  const most = Math.max(...known);
  const pad = (most - least || 1) * 0.06;
  const place = (at: number) =>
    (100 * (at - least + (least < 0 ? pad : 0))) / (most - least + pad + (least < 0 ? pad : 0) || 1);
  const from = low === null ? 0 : place(low);
  const to = high === null ? 100 : place(high);
  const words =
    low !== null && high !== null
      ? t('evidence.between', { low: formatShort(low), high: formatShort(high) })
      : high !== null
        ? t('evidence.atMost', { high: formatShort(high) })
        : t('evidence.atLeast', { low: formatShort(low ?? 0) });
  return (
    <div className="gauge">
      <p>
        <span className="dim">{name}</span> <b className="nums">{formatShort(value)}</b>{' '}
        <span className="dim nums">
          {words}
          {expected !== null && ` · ${t('evidence.expected', { value: formatShort(expected) })}`}
        </span>
      </p>
      <div className="gauge-bar" aria-hidden="true">
        <span
          className="gauge-well"
          style={{ insetInlineStart: `${from}%`, inlineSize: `${Math.max(to - from, 0.5)}%` }}
        />
        {expected !== null && <span className="gauge-expected" style={{ insetInlineStart: `${place(expected)}%` }} />}
        <span className="gauge-value" style={{ insetInlineStart: `${place(value)}%` }} />
      </div>
    </div>
  );
}
