import { useTranslation } from 'react-i18next';
import type { Session } from '../api/types';
import { setPreferences, usePreferences } from '../state/preferences';
import { Icon } from './Icon';
import { Logo } from './Logo';
import { PlaceLink } from './PlaceLink';
import { Settings } from './Settings';

interface TopBarProps {
  readonly page: 'explore' | 'alerts' | 'rules';
  readonly session: Session;
  readonly firingCount: number;
  readonly onHelp: () => void;
  readonly onSignOut: () => void;
}

/** Name, pages, settings. */
export function TopBar({ page, session, firingCount, onHelp, onSignOut }: TopBarProps) {
  const { t } = useTranslation();
  const { isSideOpen } = usePreferences();
  return (
    <header className="top-bar">
      {page === 'explore' && (
        <button
          type="button"
          className="icon-btn"
          aria-label={t('side.toggle')}
          title={t('side.toggle')}
          aria-expanded={isSideOpen}
          onClick={() => setPreferences({ isSideOpen: !isSideOpen })}
        >
          <Icon name="sidebar" />
        </button>
      )}
      <PlaceLink to="/explore" className="brand" title={`Bongsu ${session.version}`}>
        <Logo />
        <span className="brand-name">Bongsu</span>
      </PlaceLink>
      {session.demo && <span className="badge">{t('nav.demo')}</span>}
      <nav className="nav" aria-label={t('nav.label')}>
        <PlaceLink to="/explore" isCurrent={page === 'explore'}>
          <Icon name="search" /> <span>{t('nav.explore')}</span>
        </PlaceLink>
        <PlaceLink to="/alerts" isCurrent={page === 'alerts'}>
          <Icon name="bell" /> <span>{t('nav.alerts')}</span>
          {firingCount > 0 && (
            <span className="badge fire" data-testid="firing-count">
              {firingCount} <span className="visually-hidden">{t('alerts.firing')}</span>
            </span>
          )}
        </PlaceLink>
        <PlaceLink to="/rules" isCurrent={page === 'rules'}>
          <Icon name="rules" /> <span>{t('nav.rules')}</span>
        </PlaceLink>
      </nav>
      <span className="grow" />
      {session.tenant && session.tenant !== 'default' && <span className="badge wide-only">{session.tenant}</span>}
      <Settings />
      <button
        type="button"
        className="icon-btn"
        aria-label={t('help.title')}
        title={`${t('help.title')} (?)`}
        onClick={onHelp}
      >
        <Icon name="help" />
      </button>
      {session.authRequired && (
        <button
          type="button"
          className="icon-btn"
          aria-label={t('nav.signOut')}
          title={t('nav.signOut')}
          onClick={onSignOut}
          data-testid="sign-out"
        >
          <Icon name="signOut" />
        </button>
      )}
    </header>
  );
}
