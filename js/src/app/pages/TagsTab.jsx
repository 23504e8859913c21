/** @import { TagFilter } from '../../features/tags/useTags.js' */
import { useSearchParams } from 'wouter';
import { TagLibrary } from '../../features/tags/TagLibrary.jsx';
import { useCopy } from '../useCopy.js';
import { AddToPrompt } from './AddToPrompt.jsx';

/** What the address says, with what it does not say. @param {URLSearchParams} params @returns {TagFilter} */
const filterOf = (params) => ({
  q: params.get('q') ?? '',
  category: params.get('category') ?? '',
  sort: params.get('sort') ?? 'relevance',
  minCount: Number(params.get('min') ?? 0) || 0,
  used: params.get('used') === '1',
});

/** Only what is not the default, so that addresses stay short. @param {TagFilter} filter @returns {Record<string, string>} */
const addressOf = ({ q, category, sort, minCount, used }) => ({
  ...(q && { q }),
  ...(category && { category }),
  ...(sort !== 'relevance' && { sort }),
  ...(minCount > 0 && { min: String(minCount) }),
  ...(used && { used: '1' }),
});

/** The tags of the library; what is chosen stands in the address. */
export function TagsTab() {
  const [params, setParams] = useSearchParams();
  const copy = useCopy();
  const filter = filterOf(params);
  return (
    <TagLibrary
      filter={filter}
      onChange={(change) => setParams({ tab: 'tags', ...addressOf({ ...filter, ...change }) }, { replace: true })}
      onCopy={(text) => void copy(text)}
      toPrompt={(text) => <AddToPrompt text={text} />}
    />
  );
}
