/** @import { TagList, TagListTaken } from '../../services/apiTypes.js' */
import { ArrowUp } from 'lucide-react';
import { useT } from '../../i18n/useT.js';
import { ErrorState } from '../../ui/composites/ErrorState.jsx';
import { FileButton } from '../../ui/composites/FileButton.jsx';
import { Button } from '../../ui/primitives/Button.jsx';
import { IconButton } from '../../ui/primitives/IconButton.jsx';
import { Select } from '../../ui/primitives/Select.jsx';
import { Sheet } from '../../ui/primitives/Sheet.jsx';
import { Skeleton } from '../../ui/primitives/Skeleton.jsx';
import { Switch } from '../../ui/primitives/Switch.jsx';
import { movedUp, useChangeLists, useTagLists, useUploadList } from './useTagLists.js';

const SCHEMES = /** @type {const} */ (['danbooru', 'e621', 'merged', 'derpibooru', 'wd14']);
const ENDINGS = '.csv,.txt,.md,.json,.jsonl,.yaml,.yml,.gz';

/** @param {{ report: Pick<TagList, 'skipped' | 'links' | 'repeated' | 'examples'> }} props rows that were left out, and why */
function Skipped({ report }) {
  const { t } = useT();
  if (report.skipped === 0) return null;
  return (
    <details className="list-report">
      <summary>{t('tags.takenSkipped', { count: report.skipped })}</summary>
      <ul aria-label={t('tags.report')}>
        {report.examples.map(({ line, why, row }, index) => (
          <li key={index}>
            <span>{line > 0 ? `${t('tags.line', { line })}: ${why}` : why}</span>
            <code>{row}</code>
          </li>
        ))}
      </ul>
    </details>
  );
}

/** @param {{ share: number | null, label: string, onCancel?: () => void }} props `share` null: nobody knows how much is left */
function Progress({ share, label, onCancel }) {
  const { t, lang } = useT();
  const percent = share === null ? '' : new Intl.NumberFormat(lang, { style: 'percent' }).format(share);
  return (
    <div className="list-progress" role="status">
      <span>
        {label} {percent}
      </span>
      {onCancel && (
        <Button variant="quiet" onClick={onCancel}>
          {t('tags.cancel')}
        </Button>
      )}
      <progress aria-label={label} {...(share !== null && { value: share })} />
    </div>
  );
}

/** @param {{ upload: ReturnType<typeof useUploadList>, reading: number | null }} props */
function AddList({ upload, reading }) {
  const { t } = useT();
  const name = upload.variables?.name ?? '';
  const sent = upload.sent >= 1;
  return (
    <div className="list-add">
      {upload.isPending ? (
        <Progress
          share={sent ? reading : upload.sent}
          label={t(sent ? 'tags.reading' : 'tags.sending', { name })}
          onCancel={upload.cancel}
        />
      ) : (
        <FileButton label={t('tags.addList')} accept={ENDINGS} onFiles={([file]) => file && upload.mutate(file)} />
      )}
      <p className="field-hint">{t('tags.addListText')}</p>
      {upload.error && (
        <p className="field-error" role="alert">
          {upload.error.message}
        </p>
      )}
      {upload.data && <Taken taken={upload.data} />}
    </div>
  );
}

/** @param {{ taken: TagListTaken }} props what became of the list that was just added */
function Taken({ taken: { name, report } }) {
  const { t } = useT();
  return (
    <div role="status" className="list-taken">
      <p>{t('tags.taken', { name, count: report.tags })}</p>
      {report.links > 0 && <p className="field-hint">{t('tags.takenNames', { count: report.links })}</p>}
      {report.repeated > 0 && <p className="field-hint">{t('tags.repeated', { count: report.repeated })}</p>}
      <Skipped report={report} />
    </div>
  );
}

/** @param {{ list: TagList, first: boolean, busy: boolean, onUp: () => void, onChange: (change: object) => void }} props */
function ListCard({ list, first, busy, onUp, onChange }) {
  const { t } = useT();
  const about = [
    list.enabled ? t('tags.count', { count: list.tags }) : t('tags.listOff'),
    list.links > 0 && t('tags.takenNames', { count: list.links }),
    list.shipped ? t('tags.shipped') : list.format,
  ];
  return (
    <li className="list-card">
      <div className="list-row">
        <span className="list-words">
          <strong>{list.label}</strong>
          <span>{about.filter(Boolean).join(' · ')}</span>
        </span>
        {!first && (
          <IconButton label={t('tags.earlier', { name: list.label })} disabled={busy} onClick={onUp}>
            <ArrowUp size={18} />
          </IconButton>
        )}
        <Switch
          label={t('tags.useList', { name: list.label })}
          checked={list.enabled}
          onChange={(enabled) => onChange({ enabled })}
        />
      </div>
      {list.error && (
        <p className="field-error" role="alert">
          {list.error}
        </p>
      )}
      <Skipped report={list} />
      {!list.shipped && list.enabled && (
        <label className="list-scheme">
          <span>{t('tags.scheme')}</span>
          <Select value={list.scheme ?? ''} onChange={(event) => onChange({ scheme: event.target.value })}>
            <option value="">{t('tags.scheme.auto')}</option>
            {SCHEMES.map((scheme) => (
              <option key={scheme} value={scheme}>
                {scheme}
              </option>
            ))}
          </Select>
        </label>
      )}
    </li>
  );
}

function Lists() {
  const { t } = useT();
  const upload = useUploadList(t('tags.tooLarge'));
  const lists = useTagLists(upload.isPending);
  const change = useChangeLists();
  const sources = lists.data?.sources;
  if (lists.error) return <ErrorState message={lists.error.message} onRetry={() => void lists.refetch()} />;
  return (
    <>
      <AddList upload={upload} reading={lists.data?.progress ?? null} />
      {lists.data?.state === 'building' && !upload.isPending && (
        <Progress share={lists.data.progress} label={t('tags.building')} />
      )}
      {change.error && (
        <p className="field-error" role="alert">
          {change.error.message}
        </p>
      )}
      {!sources && <Skeleton style={{ height: 120 }} />}
      <ul className="list">
        {sources?.map((list, place) => (
          <ListCard
            key={list.name}
            list={list}
            first={place === 0}
            busy={change.isPending}
            onUp={() => change.mutate({ order: movedUp(sources, place) })}
            onChange={(what) => change.mutate({ lists: [{ name: list.name, ...what }] })}
          />
        ))}
      </ul>
    </>
  );
}

/** The lists that tags come from. @param {{ open: boolean, onClose: () => void }} props */
export function TagListsSheet({ open, onClose }) {
  const { t } = useT();
  return (
    <Sheet open={open} onClose={onClose} title={t('tags.lists')}>
      {open && <Lists />}
    </Sheet>
  );
}
