/** @import { TagFilter } from './useTags.js' */
import { useT } from '../../i18n/useT.js';
import { usePreferences } from '../../services/preferences.js';
import { Field } from '../../ui/primitives/Field.jsx';
import { Select } from '../../ui/primitives/Select.jsx';
import { Sheet } from '../../ui/primitives/Sheet.jsx';

const SORTS = /** @type {const} */ (['relevance', 'count', 'name']);
const NSFW = /** @type {const} */ (['hide', 'blur', 'show']);
const LEAST = [0, 10, 100, 1000, 10_000];

/** @param {{ open: boolean, onClose: () => void, filter: TagFilter, onChange: (change: Partial<TagFilter>) => void }} props */
export function TagOptions({ open, onClose, filter, onChange }) {
  const { t } = useT();
  const { tagNsfw, set } = usePreferences();
  return (
    <Sheet open={open} onClose={onClose} title={t('tags.options')}>
      <Field label={t('tags.sort')}>
        {(id) => (
          <Select id={id} value={filter.sort} onChange={(event) => onChange({ sort: event.target.value })}>
            {SORTS.map((sort) => (
              <option key={sort} value={sort}>
                {t(`tags.sort.${sort}`)}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <Field label={t('tags.minCount')}>
        {(id) => (
          <Select
            id={id}
            value={filter.minCount}
            onChange={(event) => onChange({ minCount: Number(event.target.value) })}
          >
            {LEAST.map((count) => (
              <option key={count} value={count}>
                {count === 0 ? t('tags.minCount.any') : t('tags.minCount.some', { count })}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <Field label={t('tags.nsfw')}>
        {(id) => (
          <Select
            id={id}
            value={tagNsfw}
            onChange={(event) => set({ tagNsfw: NSFW.find((x) => x === event.target.value) ?? 'hide' })}
          >
            {NSFW.map((choice) => (
              <option key={choice} value={choice}>
                {t(`tags.nsfw.${choice}`)}
              </option>
            ))}
          </Select>
        )}
      </Field>
    </Sheet>
  );
}
