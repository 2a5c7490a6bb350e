import { useTranslation } from 'react-i18next';
import { setPreferences, usePreferences } from '../../state/preferences';
import { Icon } from '../Icon';
import { Logo } from '../Logo';
import { PlaceLink } from '../PlaceLink';

const services = ['search', 'messenger', 'payments', 'care', 'cache', 'settlement'] as const;
const examples = {
  errors:
    "logs\n| where level in ('error', 'fatal')\n| summarize errors = count() by service\n| sort by errors desc\n| render barchart",
  rate: 'logs\n| summarize rows = count() by bin(timestamp, 1m), service\n| render timechart',
  korean: 'logs\n| where message contains "한도초과"\n| sort by timestamp desc\n| take 200',
} as const;

/** What the demo shows, for somebody who has just opened it. Shown until dismissed. */
export function GuideCard({ onExample }: { readonly onExample: (kql: string) => void }) {
  const { t } = useTranslation();
  const { isGuideDismissed } = usePreferences();
  if (isGuideDismissed) {
    return null;
  }

  return (
    <section className="guide" aria-label={t('guide.title')} data-testid="guide">
      <Logo size={38} />
      <div className="grow">
        <h2>{t('guide.title')}</h2>
        <p>{t('guide.intro')}</p>
        <ul className="guide-services">
          {services.map((service) => (
            <li key={service}>
              <b>{t(`guide.services.${service}.name`)}</b> {t(`guide.services.${service}.text`)}
            </li>
          ))}
        </ul>
        <div className="row guide-actions">
          <span className="dim">{t('guide.try')}</span>
          {(Object.keys(examples) as (keyof typeof examples)[]).map((name) => (
            <button key={name} type="button" className="btn small" onClick={() => onExample(examples[name])}>
              <Icon name="play" size={11} /> {t(`guide.examples.${name}`)}
            </button>
          ))}
        </div>
        <p className="guide-fault">
          <Icon name="bell" size={14} />
          <span>
            {t('guide.fault')} <PlaceLink to="/alerts">{t('guide.watch')}</PlaceLink>
          </span>
        </p>
      </div>
      <button
        type="button"
        className="icon-btn"
        aria-label={t('guide.dismiss')}
        title={t('guide.dismiss')}
        onClick={() => setPreferences({ isGuideDismissed: true })}
      >
        <Icon name="close" />
      </button>
    </section>
  );
}
