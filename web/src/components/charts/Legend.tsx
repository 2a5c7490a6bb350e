import { seriesColor } from './palette';

interface LegendProps {
  readonly names: readonly string[];
  readonly active: number | null;
  readonly onActive: (index: number | null) => void;
  readonly values?: readonly (string | null)[];
}

/** Names of the series; pointing at one dims the others. */
export function Legend({ names, active, onActive, values }: LegendProps) {
  return (
    <ul className="legend">
      {names.map((name, index) => (
        <li key={name}>
          <button
            type="button"
            className={active !== null && active !== index ? 'legend-item is-dim' : 'legend-item'}
            onPointerEnter={() => onActive(index)}
            onPointerLeave={() => onActive(null)}
            onFocus={() => onActive(index)}
            onBlur={() => onActive(null)}
          >
            <span className="swatch" style={{ background: seriesColor(index, name) }} />
            <span className="ellipsis">{name}</span>
            {values?.[index] != null && <b className="nums">{values[index]}</b>}
          </button>
        </li>
      ))}
    </ul>
  );
}
