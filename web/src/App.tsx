import { type QueryClient, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { getAlerts, getSession, onUnauthorized, signOut } from './api/client';
import type { Session } from './api/types';
import { HelpDialog } from './components/HelpDialog';
import { Failure, Loading } from './components/Notice';
import { TopBar } from './components/TopBar';
import { Toast } from './components/toast';
import { useKeys } from './components/useKeys';
import { AlertsPage } from './pages/AlertsPage';
import { ExplorerPage } from './pages/ExplorerPage';
import { PacksPage } from './pages/PacksPage';
import { RuleEditorPage } from './pages/RuleEditorPage';
import { RulesPage } from './pages/RulesPage';
import { SignInPage } from './pages/SignInPage';
import { showBadge } from './state/badge';
import { navigate, usePlace } from './state/location';
import { usePreferences, useResolvedTheme } from './state/preferences';

const alertPollMs = 5000;

/** Knows who is there, and shows the page of the address. */
export function App() {
  const client = useQueryClient();
  const { t, i18n } = useTranslation();
  const theme = useResolvedTheme();
  const { language } = usePreferences();
  const session = useQuery({
    queryKey: ['session'],
    queryFn: ({ signal }) => getSession(signal),
    staleTime: Number.POSITIVE_INFINITY,
  });

  useEffect(() => {
    document.documentElement.dataset.theme = theme;
  }, [theme]);
  useEffect(() => {
    if (language && i18n.language !== language) {
      void i18n.changeLanguage(language);
    }
  }, [language, i18n]);
  useEffect(() => {
    document.documentElement.lang = i18n.resolvedLanguage ?? 'en';
  }, [i18n.resolvedLanguage]);
  useEffect(() => onUnauthorized(() => void client.invalidateQueries({ queryKey: ['session'] })), [client]);

  if (!session.data) {
    return (
      <main className="page" id="main">
        {session.error ? <Failure error={session.error} onRetry={() => void session.refetch()} /> : <Loading />}
      </main>
    );
  }

  if (session.data.authRequired && !session.data.signedIn) {
    return (
      <SignInPage
        onSignedIn={(next) => {
          forgetData(client);
          client.setQueryData(['session'], next);
          if (window.location.pathname === '/signin') {
            navigate('/explore', { replace: true });
          }
        }}
      />
    );
  }

  return (
    <>
      <a className="skip-link" href="#main">
        {t('nav.skip')}
      </a>
      <Shell
        session={session.data}
        onSignOut={async () => {
          await signOut();
          forgetData(client);
          await session.refetch();
        }}
      />
      <Toast />
    </>
  );
}

/** Drops what was read with the credentials of before. The session stays: it is being looked at. */
function forgetData(client: QueryClient): void {
  client.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'session' });
}

interface ShellProps {
  readonly session: Session;
  readonly onSignOut: () => Promise<void>;
}

function Shell({ session, onSignOut }: ShellProps) {
  const { t } = useTranslation();
  const { path } = usePlace();
  const [isHelp, setIsHelp] = useState(false);
  const page = path.startsWith('/alerts') ? 'alerts' : path.startsWith('/rules') ? 'rules' : 'explore';
  const firing = useQuery({
    queryKey: ['alerts', 'firing'],
    queryFn: ({ signal }) => getAlerts({ state: 'firing', limit: 300 }, signal),
    refetchInterval: alertPollMs,
    refetchIntervalInBackground: true,
    retry: false,
  });
  const firingCount = firing.data?.length ?? 0;
  const title = `${t(`nav.${page}`)} · Bongsu`;
  useEffect(() => showBadge(firingCount, title), [firingCount, title]);
  useKeys({
    '?': () => setIsHelp(true),
    'g e': () => navigate('/explore'),
    'g a': () => navigate('/alerts'),
    'g r': () => navigate('/rules'),
  });
  return (
    <div className="shell">
      <TopBar
        page={page}
        session={session}
        firingCount={firingCount}
        onHelp={() => setIsHelp(true)}
        onSignOut={() => void onSignOut()}
      />
      {page === 'explore' && <ExplorerPage session={session} />}
      {page === 'alerts' && <AlertsPage />}
      {page === 'rules' && <RulePages path={path} session={session} />}
      {isHelp && <HelpDialog onClose={() => setIsHelp(false)} />}
    </div>
  );
}

function RulePages({ path, session }: { readonly path: string; readonly session: Session }) {
  switch (path) {
    case '/rules/edit':
      return <RuleEditorPage session={session} />;
    case '/rules/packs':
      return <PacksPage session={session} />;
    default:
      return <RulesPage session={session} />;
  }
}
