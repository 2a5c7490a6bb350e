import { useTranslation } from 'react-i18next';
import type { AlertEvidence, EvidenceValue, JsonValue } from '../../api/types';
import { formatCount, formatShort, plainText } from '../../lang/format';

/** What stood behind an alert: the value and its limit, what its messages say, a few rows. */
export function Evidence({ evidence }: { readonly evidence: AlertEvidence }) {
  const { t, i18n } = useTranslation();
  const most = Math.max(...evidence.patterns.map(({ count }) => count), 1);
  return (
    <div className="evidence" data-testid="evidence">
      {evidence.values.length > 0 && (
        <ul className="evidence-values">
          {evidence.values.map((value) => (
            <li key={`${value.column}${value.comparison}`}>
              <Against value={value} />
            </li>
          ))}
        </ul>
      )}
      {evidence.patterns.length > 0 && (
        <>
          <h4>{t('evidence.patterns')}</h4>
          <ul className="evidence-patterns">
            {evidence.patterns.map(({ pattern, count }) => (
              <li key={pattern}>
                <span className="evidence-bar" style={{ inlineSize: `${(100 * count) / most}%` }} />
                <b className="nums">{formatCount(count, i18n.language)}</b> <code>{pattern}</code>
              </li>
            ))}
          </ul>
        </>
      )}
      {evidence.samples.length > 0 && (
        <>
          <h4>{t('evidence.samples')}</h4>
          <ul className="evidence-samples">
            {evidence.samples.map((sample, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: rows may be equal
              <li key={index}>
                <code>{rowText(sample)}</code>
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}

function Against({ value }: { readonly value: EvidenceValue }) {
  const number = (each: number | null) => (each === null ? '–' : formatShort(each));
  return (
    <>
      <span className="dim">{value.column}</span> <b className="nums">{number(value.value)}</b>
      {value.limit !== null && (
        <span className="dim nums">
          {' '}
          {value.comparison} {number(value.limit)}
        </span>
      )}
    </>
  );
}

/** A row on one line, its message last. */
function rowText(row: Readonly<Record<string, JsonValue>>): string {
  const { timestamp, message, ...rest } = row;
  const facts = Object.entries(rest)
    .filter(([, value]) => value !== null && value !== '')
    .map(([name, value]) => `${name}=${plainText(value)}`);
  return [timestamp, ...facts, message]
    .filter((part) => part !== undefined && part !== null)
    .map((part) => (typeof part === 'string' ? part : plainText(part)))
    .join('  ');
}
