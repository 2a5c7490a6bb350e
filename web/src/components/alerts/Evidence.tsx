import { useTranslation } from 'react-i18next';
import type { Alert, AlertEvidence, JsonValue } from '../../api/types';
import { formatCount, formatTime, plainText } from '../../lang/format';
import { comparisonsOf } from '../../state/evidence';
import { usePreferences } from '../../state/preferences';
import { Gauge } from './Gauge';

/** The values of an alert against their limits or their band. */
export function Comparisons({ alert }: { readonly alert: Alert }) {
  const found = comparisonsOf(alert);
  return found.length === 0 ? null : (
    <div className="gauges" data-testid="comparisons">
      {found.map((each) => (
        <Gauge key={`${each.name}${each.low}${each.high}`} {...each} />
      ))}
    </div>
  );
}

/** What the messages behind an alert say, and a few of them. */
export function Evidence({ evidence }: { readonly evidence: AlertEvidence }) {
  const { t, i18n } = useTranslation();
  const most = Math.max(...evidence.patterns.map(({ count }) => count), 1);
  return (
    <div className="evidence" data-testid="evidence">
      {evidence.patterns.length > 0 && (
        <section>
          <h3>{t('evidence.patterns')}</h3>
          <ul className="evidence-patterns">
            {evidence.patterns.map(({ pattern, count }) => (
              <li key={pattern}>
                <span className="evidence-bar" style={{ inlineSize: `${(100 * count) / most}%` }} />
                <b className="nums">{formatCount(count, i18n.language)}</b> <code>{pattern}</code>
              </li>
            ))}
          </ul>
        </section>
      )}
      {evidence.samples.length > 0 && (
        <section>
          <h3>{t('evidence.samples')}</h3>
          <ul className="evidence-samples">
            {evidence.samples.map((sample, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: rows may be equal
              <li key={index}>
                <Sample row={sample} />
              </li>
            ))}
          </ul>
        </section>
      )}
    </div>
  );
}

/** A row: when and what it says, then the rest of it. */
function Sample({ row }: { readonly row: Readonly<Record<string, JsonValue>> }) {
  const { zone } = usePreferences();
  const { timestamp, message, ...rest } = row;
  // What the server decoded (percent signs and the like) says the same more readably.
  const decoded = (name: string, value: JsonValue) => row[`${name}_decoded`] ?? value;
  const facts = Object.entries(rest).filter(
    ([name, value]) => value !== null && value !== '' && !(name.endsWith('_decoded') && name.slice(0, -8) in row),
  );
  return (
    <>
      <code>
        {typeof timestamp === 'string' && <span className="dim nums">{formatTime(Date.parse(timestamp), zone)} </span>}
        {message !== undefined && plainText(decoded('message', message))}
      </code>
      <p className="sample-facts">
        {facts.map(([name, value]) => (
          <span key={name}>
            <span className="dim">{name}</span> {plainText(decoded(name, value))}
          </span>
        ))}
      </p>
    </>
  );
}
