import type { Alert, JsonValue } from '../../api/types';
import { formatShort, plainText } from '../../lang/format';
import { otherValues } from '../../state/evidence';

/** Key, values and labels of an alert, each with its name. */
export function Facts({ alert }: { readonly alert: Alert }) {
  const facts = [Object.keys(alert.key), otherValues(alert), Object.keys(alert.labels)];
  return facts.every(({ length }) => length === 0) ? null : (
    <div className="alert-facts">
      {Object.entries(alert.key).map(([name, value]) => (
        <Fact key={`k-${name}`} name={name} value={plainText(value)} kind="key" />
      ))}
      {otherValues(alert).map(([name, value]) => (
        <Fact key={`v-${name}`} name={name} value={valueText(value)} kind="value" />
      ))}
      {Object.entries(alert.labels).map(([name, value]) => (
        <Fact key={`l-${name}`} name={name} value={value} kind="label" />
      ))}
    </div>
  );
}

/** Fractions are rounded to what matters, lists written out. */
function valueText(value: JsonValue): string {
  return typeof value === 'number' && !Number.isInteger(value)
    ? formatShort(value)
    : Array.isArray(value)
      ? value.map(valueText).join(', ')
      : plainText(value);
}

interface FactProps {
  readonly name: string;
  readonly value: string;
  readonly kind: 'key' | 'value' | 'label';
}

function Fact({ name, value, kind }: FactProps) {
  return (
    <span className={`fact is-${kind}`}>
      <span className="fact-name">{name}</span>
      <span className="fact-value nums">{value}</span>
    </span>
  );
}
