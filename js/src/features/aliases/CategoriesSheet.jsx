/** @import { AliasCategoryChange } from '../../services/apiTypes.js' */
/** @import { Branch } from './tree.js' */
/** @import { CategoryEdits } from './useCategoryEdits.js' */
import { ArrowDown, ArrowUp, ChevronDown, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useT } from '../../i18n/useT.js';
import { NameForm } from '../../ui/composites/NameForm.jsx';
import { Field } from '../../ui/primitives/Field.jsx';
import { Select } from '../../ui/primitives/Select.jsx';
import { IconButton } from '../../ui/primitives/IconButton.jsx';
import { Sheet } from '../../ui/primitives/Sheet.jsx';
import { reachable } from './naming.js';
import { pathTo, placesFor, reordered, treeOf } from './tree.js';
import { useAliasCategories } from './useAliases.js';
import { useCategoryEdits } from './useCategoryEdits.js';

/** What the browser's own picker shows where a category has no colour. */
const NO_COLOUR = '#888888';

/** @param {{ branch: Branch, put: (body: AliasCategoryChange) => void }} props */
function Look({ branch: { category }, put }) {
  const { t } = useT();
  const shown = category.label || category.name;
  const [typed, setTyped] = useState(/** @type {string | null} */ (null));
  return (
    <div className="category-look">
      <input
        type="color"
        aria-label={t('aliases.color', { name: shown })}
        defaultValue={category.color ?? NO_COLOUR}
        onBlur={({ target: { value } }) => value !== (category.color ?? NO_COLOUR) && put({ color: value })}
      />
      <input
        className="input"
        aria-label={t('aliases.label', { name: category.name })}
        value={typed ?? shown}
        maxLength={200}
        onChange={(event) => setTyped(event.target.value)}
        onBlur={() => {
          if (typed !== null && typed.trim() && typed !== shown) put({ label: typed.trim() });
          setTyped(null);
        }}
      />
    </div>
  );
}

/**
 * What can be changed of one category.
 * @param {{ branch: Branch, siblings: readonly Branch[], tree: readonly Branch[], edits: CategoryEdits }} props
 */
function Panel({ branch, siblings, tree, edits }) {
  const { t } = useT();
  const { name, parent } = branch.category;
  const put = (/** @type {AliasCategoryChange} */ body) => edits.change.mutate({ name, body });
  const place = siblings.indexOf(branch);
  const move = (/** @type {number} */ by) => edits.order.mutate(reordered(siblings, place, place + by));
  return (
    <div className="category-panel">
      <Look branch={branch} put={put} />
      <Field label={t('aliases.inside')}>
        {(id) => (
          <Select
            id={id}
            value={pathTo(tree, parent ?? '').at(-1)?.category.name ?? ''}
            onChange={(event) => put({ parent: event.target.value })}
          >
            <option value="">{t('aliases.insideNone')}</option>
            {placesFor(tree, name).map(({ category }) => (
              <option key={category.name} value={category.name}>
                {category.label || category.name}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <div className="category-ways">
        <IconButton
          label={t('aliases.earlier', { name: branch.label })}
          disabled={place <= 0 || edits.order.isPending}
          onClick={() => move(-1)}
        >
          <ArrowUp size={18} />
        </IconButton>
        <IconButton
          label={t('aliases.later', { name: branch.label })}
          disabled={place >= siblings.length - 1 || edits.order.isPending}
          onClick={() => move(1)}
        >
          <ArrowDown size={18} />
        </IconButton>
        <span className="alias-space" />
        <IconButton
          label={t('aliases.deleteCategory', { name: branch.category.label || name })}
          onClick={() => edits.remove.mutate(name)}
        >
          <Trash2 size={18} />
        </IconButton>
      </div>
    </div>
  );
}

/**
 * @param {{
 *   branches: readonly Branch[], tree: readonly Branch[], edits: CategoryEdits, open: readonly string[],
 *   above?: string | null, onOpen: (name: string) => void,
 * }} props `open` is the way to the one that is opened, `above` the colour of what they lie in
 */
function Branches({ branches, tree, edits, open, above = null, onOpen }) {
  const { t } = useT();
  return (
    <ul className="categories">
      {branches.map((branch) => {
        const { name } = branch.category;
        const color = branch.category.color ?? above;
        const shown = open.includes(name);
        return (
          <li key={name}>
            <button type="button" className="category-row" aria-expanded={shown} onClick={() => onOpen(name)}>
              <i className="dot" style={color ? { background: color } : undefined} />
              <span>{branch.label}</span>
              <small>{branch.total > 0 && t('aliases.count', { count: branch.total })}</small>
              <ChevronDown size={16} aria-hidden="true" />
            </button>
            {shown && <Panel branch={branch} siblings={branches} tree={tree} edits={edits} />}
            {shown && branch.children.length > 0 && (
              <Branches
                branches={branch.children}
                tree={tree}
                edits={edits}
                open={open}
                above={color}
                onOpen={onOpen}
              />
            )}
          </li>
        );
      })}
    </ul>
  );
}

function Categories() {
  const { t } = useT();
  const query = useAliasCategories();
  const edits = useCategoryEdits(query.data?.etag ?? null);
  const [chosen, setChosen] = useState('');
  const tree = treeOf(query.data?.answer.categories ?? []);
  const open = pathTo(tree, chosen).map(({ category }) => category.name);
  // Touching an open one closes it and leaves what it lies in open.
  const toggle = (/** @type {string} */ name) =>
    setChosen(open.includes(name) ? (open[open.indexOf(name) - 1] ?? '') : name);
  return (
    <>
      <NameForm
        label={t('aliases.newCategory')}
        button={t('aliases.add')}
        longest={100}
        onName={(label) => {
          const name = reachable(label);
          if (!name) return;
          edits.change.mutate({ name, body: { label } });
          setChosen(name);
        }}
      />
      <Branches branches={tree} tree={tree} edits={edits} open={open} onOpen={toggle} />
    </>
  );
}

/**
 * The categories: names, colours, order, and which lies inside which.
 * @param {{ open: boolean, onClose: () => void }} props
 */
export function CategoriesSheet({ open, onClose }) {
  const { t } = useT();
  return (
    <Sheet open={open} onClose={onClose} title={t('aliases.categories')}>
      <Categories />
    </Sheet>
  );
}
