import { useTranslation } from 'react-i18next';
import { setPreferences, type Theme, usePreferences } from '../state/preferences';
import { Icon, type IconName } from './Icon';
import { Popover } from './Popover';

const themes: readonly { readonly theme: Theme; readonly icon: IconName }[] = [
  { theme: 'system', icon: 'system' },
  { theme: 'light', icon: 'sun' },
  { theme: 'dark', icon: 'moon' },
];
const languages = { en: 'English', ko: '한국어' } as const;

/** Language, theme and time zone. */
export function Settings() {
  const { t, i18n } = useTranslation();
  const { theme, zone } = usePreferences();
  const language = i18n.resolvedLanguage === 'ko' ? 'ko' : 'en';
  const other = language === 'ko' ? 'en' : 'ko';
  const themeIcon = themes.find((each) => each.theme === theme)?.icon ?? 'system';
  return (
    <>
      <button
        type="button"
        className="btn quiet small nums"
        title={t('settings.zoneTitle')}
        onClick={() => setPreferences({ zone: zone === 'utc' ? 'local' : 'utc' })}
        data-testid="zone"
      >
        {zone === 'utc' ? 'UTC' : t('settings.local')}
      </button>
      <button
        type="button"
        className="btn quiet small"
        lang={other}
        aria-label={t('settings.switchLanguage', { language: languages[other] })}
        title={t('settings.switchLanguage', { language: languages[other] })}
        onClick={() => setPreferences({ language: other })}
        data-testid="language"
      >
        <Icon name="globe" /> {languages[other]}
      </button>
      <Popover label="" icon={themeIcon} ariaLabel={t('settings.theme')} className="icon-btn" align="end">
        {(close) => (
          <>
            {themes.map((each) => (
              <button
                key={each.theme}
                type="button"
                className={each.theme === theme ? 'menu-item is-on' : 'menu-item'}
                aria-pressed={each.theme === theme}
                onClick={() => {
                  setPreferences({ theme: each.theme });
                  close();
                }}
              >
                <Icon name={each.icon} /> {t(`settings.themes.${each.theme}`)}
              </button>
            ))}
          </>
        )}
      </Popover>
    </>
  );
}
