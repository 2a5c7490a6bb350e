import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { addPack, getPacks, type RulePack } from '../api/packs';
import type { Session } from '../api/types';
import { Icon } from '../components/Icon';
import { Failure, Loading } from '../components/Notice';
import { PlaceLink } from '../components/PlaceLink';
import { Severity } from '../components/Severity';
import { showToast } from '../components/toast';

/** Rules that come with the program: what each pack watches, and a way to run it. */
export function PacksPage({ session }: { readonly session: Session }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const packs = useQuery({ queryKey: ['packs'], queryFn: ({ signal }) => getPacks(signal) });
  const add = useMutation({
    mutationFn: addPack,
    onSuccess: (file) => showToast(t('ruleEditor.saved', { file: file.file })),
    onSettled: () => Promise.all([['packs'], ['rules']].map((queryKey) => client.invalidateQueries({ queryKey }))),
  });
  const canWrite = !session.authRequired || session.scopes.includes('admin');
  return (
    <main className="page" id="main">
      <header className="page-head">
        <h1>{t('packs.title')}</h1>
        <span className="grow" />
        <PlaceLink className="btn" to="/rules">
          <Icon name="rules" size={14} /> {t('rules.title')}
        </PlaceLink>
      </header>
      <p className="dim page-lead">{t('packs.intro')}</p>
      {packs.isPending && <Loading />}
      {packs.error && <Failure error={packs.error} onRetry={() => void packs.refetch()} />}
      {add.error && <Failure error={add.error} />}
      <ul className="pack-list">
        {packs.data?.map((pack) => (
          <Pack
            key={pack.name}
            pack={pack}
            canWrite={canWrite}
            isBusy={add.isPending}
            onAdd={() => add.mutate(pack.name)}
          />
        ))}
      </ul>
    </main>
  );
}

interface PackProps {
  readonly pack: RulePack;
  readonly canWrite: boolean;
  readonly isBusy: boolean;
  readonly onAdd: () => void;
}

function Pack({ pack, canWrite, isBusy, onAdd }: PackProps) {
  const { t } = useTranslation();
  const title = `pack-${pack.name}`;
  return (
    <li className="pack" data-testid="pack" aria-labelledby={title}>
      <div className="row">
        <h2 id={title}>{pack.name}</h2>
        <span className="grow" />
        {pack.isAdded ? (
          <PlaceLink className="btn small" to={`/rules/edit?file=${encodeURIComponent(pack.file)}`}>
            <Icon name="check" size={13} /> {t('packs.added')}
          </PlaceLink>
        ) : (
          <button
            type="button"
            className="btn small"
            disabled={!canWrite || isBusy}
            title={canWrite ? undefined : t('ruleEditor.needsAdmin')}
            aria-label={t('packs.addNamed', { pack: pack.name })}
            onClick={onAdd}
          >
            {t('packs.add')}
          </button>
        )}
      </div>
      <p className="dim">{pack.about}</p>
      <ul className="pack-rules">
        {pack.rules.map((rule) => (
          <li key={rule.name}>
            <Severity severity={rule.severity} /> <b>{rule.name}</b>
            <p className="dim">{rule.summary.replaceAll(/\{\{\s*([\w.]+)\s*\}\}/g, '‹$1›')}</p>
          </li>
        ))}
      </ul>
    </li>
  );
}
