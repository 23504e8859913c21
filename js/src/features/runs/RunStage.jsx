/** @import { Run } from '../../services/apiTypes.js' */
import { useQuery } from '@tanstack/react-query';
import { useT } from '../../i18n/useT.js';
import { getGalleryItem } from '../../services/api.js';
import { urlOf } from '../../services/request.js';
import { RunsList } from './RunsList.jsx';
import { useRuns } from './useRuns.js';
import './runs.css';

/** @param {{ id: string, onOpen: (id: string) => void }} props */
function Newest({ id, onOpen }) {
  const item = useQuery({
    queryKey: ['gallery', 'item', id],
    queryFn: ({ signal }) => getGalleryItem(id, signal),
    staleTime: Infinity,
    retry: false,
  });
  if (!item.data) return null;
  const { filename, thumb, width, height } = item.data;
  return (
    <button type="button" className="stage-newest" aria-label={filename} onClick={() => onOpen(id)}>
      <img src={urlOf(`${thumb}&w=1024`)} alt="" width={width ?? 1} height={height ?? 1} />
    </button>
  );
}

/**
 * Where there is room beside a form: what became of the last run, large, and the runs below it.
 * @param {{ onOpen: (id: string) => void, onAgain: (run: Run) => void }} props
 */
export function RunStage({ onOpen, onAgain }) {
  const { t } = useT();
  const runs = useRuns().data?.runs ?? [];
  const running = runs.some((run) => run.state === 'running');
  const newest = runs.find((run) => run.state === 'done' && run.outputs.length > 0)?.outputs[0];
  return (
    <section className="run-stage" aria-label={t('runs.title')}>
      {!running && newest && <Newest key={newest} id={newest} onOpen={onOpen} />}
      <RunsList onOpen={onOpen} onAgain={onAgain} />
    </section>
  );
}
