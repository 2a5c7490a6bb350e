import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { getTables } from '../api/client';
import type { Session, Tables } from '../api/types';
import { Explorer } from '../components/explorer/Explorer';
import { Empty, Failure, Loading } from '../components/Notice';

/** How often the tables are asked for again: new columns should be known soon, without burdening anyone. */
const refreshMs = 10_000;
/** While there is no table yet, the first rows should appear as they come. */
const refreshEmptyMs = 2000;

/** The log explorer, once the tables are known. */
export function ExplorerPage({ session }: { readonly session: Session }) {
  const { t } = useTranslation();
  const tables = useQuery<Tables>({
    queryKey: ['tables'],
    queryFn: ({ signal }) => getTables(signal),
    refetchInterval: ({ state }) => (state.data?.tables.length ? refreshMs : refreshEmptyMs),
  });
  if (tables.data && tables.data.tables.length > 0) {
    return <Explorer schema={tables.data} isDemo={session.demo} />;
  }

  return (
    <main className="page" id="main">
      {tables.isPending && <Loading />}
      {tables.error && <Failure error={tables.error} onRetry={() => void tables.refetch()} />}
      {tables.data && (
        <Empty icon="table" title={t('noTables.title')}>
          <p>{t(session.demo ? 'noTables.demo' : 'noTables.text')}</p>
          {!session.demo && <pre className="code">{firstSteps(window.location.origin)}</pre>}
        </Empty>
      )}
    </main>
  );
}

const firstSteps = (origin: string): string =>
  [
    `bongsu ingest /var/log/*.log --table logs --server ${origin}`,
    '',
    `curl ${origin}/ingest/logs -H 'Content-Type: application/x-ndjson' \\`,
    `  -d '{"level":"info","service":"hello","message":"first light"}'`,
  ].join('\n');
