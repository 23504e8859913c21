import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Folder, FolderUp } from 'lucide-react';
import { useState } from 'react';
import { useT } from '../../i18n/useT.js';
import { getGallery, getInputs } from '../../services/api.js';
import { urlOf } from '../../services/request.js';
import { ErrorState } from '../../ui/composites/ErrorState.jsx';
import { Button } from '../../ui/primitives/Button.jsx';
import { Chip } from '../../ui/primitives/Chip.jsx';
import { Skeleton } from '../../ui/primitives/Skeleton.jsx';
import { outputReference } from './imageReference.js';

const PAGE = 60;

/** @typedef {{ key: string, name: string, thumb: string | null, onPick: () => void }} Choice */

/** @param {{ choices: Choice[] }} props */
function Grid({ choices }) {
  return (
    <div className="picture-grid">
      {choices.map(({ key, name, thumb, onPick }) => (
        <button key={key} type="button" aria-label={name} title={name} onClick={onPick}>
          {thumb ? (
            <img src={urlOf(`${thumb}${thumb.includes('?') ? '&' : '?'}w=192`)} alt="" loading="lazy" />
          ) : (
            <span className="picture-folder">
              <Folder size={22} aria-hidden="true" />
              {name}
            </span>
          )}
        </button>
      ))}
    </div>
  );
}

/** What is shown while there is nothing to choose from. @param {{ query: import('@tanstack/react-query').UseQueryResult<any>, count: number }} props */
function Rest({ query, count }) {
  const { t } = useT();
  if (query.error) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />;
  if (query.isPending) return <Skeleton style={{ height: 180 }} />;
  return count === 0 ? <p className="field-hint">{t('image.empty')}</p> : null;
}

/** @param {{ onPick: (reference: string) => void }} props */
function Inputs({ onPick }) {
  const { t } = useT();
  const [subfolder, setSubfolder] = useState('');
  const [size, setSize] = useState(PAGE);
  const query = useQuery({
    queryKey: ['inputs', subfolder, size],
    queryFn: ({ signal }) => getInputs({ subfolder, per_page: size, sort: 'newest' }, signal),
    placeholderData: keepPreviousData,
  });
  const items = query.data?.items ?? [];
  const choices = items.map(({ name, rel_path: path, is_dir: folder, thumb }) => ({
    key: path,
    name,
    thumb: folder ? null : (thumb ?? null),
    onPick: () => (folder ? setSubfolder(path) : onPick(path)),
  }));
  return (
    <>
      {subfolder && (
        <Button variant="quiet" onClick={() => setSubfolder(subfolder.split('/').slice(0, -1).join('/'))}>
          <FolderUp size={18} aria-hidden="true" />
          {subfolder}
        </Button>
      )}
      <Grid choices={choices} />
      {items.length >= size && <Button onClick={() => setSize(size + PAGE)}>{t('runs.more')}</Button>}
      <Rest query={query} count={items.length} />
    </>
  );
}

/** @param {{ onPick: (reference: string) => void }} props */
function Gallery({ onPick }) {
  const { t } = useT();
  const [size, setSize] = useState(PAGE);
  const query = useQuery({
    queryKey: ['gallery', 'pick', size],
    queryFn: ({ signal }) =>
      getGallery({ recursive: true, kind: 'image', sort: 'newest', offset: 0, limit: size }, signal),
    placeholderData: keepPreviousData,
  });
  const items = (query.data?.items ?? []).filter((item) => item.type !== 'directory');
  const choices = items.map((item) => ({
    key: item.id,
    name: item.filename,
    thumb: item.thumb,
    onPick: () => onPick(outputReference(item)),
  }));
  return (
    <>
      <Grid choices={choices} />
      {items.length >= size && <Button onClick={() => setSize(size + PAGE)}>{t('runs.more')}</Button>}
      <Rest query={query} count={items.length} />
    </>
  );
}

/**
 * Pictures that are on the server already.
 * @param {{ onPick: (reference: string) => void }} props
 */
export function PictureSources({ onPick }) {
  const { t } = useT();
  const [source, setSource] = useState(/** @type {'inputs' | 'gallery'} */ ('inputs'));
  const Shown = source === 'inputs' ? Inputs : Gallery;
  return (
    <div className="picture-sources">
      <div className="chips-row">
        <Chip pressed={source === 'inputs'} onClick={() => setSource('inputs')}>
          {t('image.inputs')}
        </Chip>
        <Chip pressed={source === 'gallery'} onClick={() => setSource('gallery')}>
          {t('nav.gallery')}
        </Chip>
      </div>
      <Shown onPick={onPick} />
    </div>
  );
}
