/** @import { Branch } from './tree.js' */
import { useT } from '../../i18n/useT.js';
import { Chip } from '../../ui/primitives/Chip.jsx';
import { pathTo, treeOf } from './tree.js';
import { useAliasCategories } from './useAliases.js';

/** @param {{ branches: readonly Branch[], chosen: readonly string[], all?: React.ReactNode, onChoose: (name: string) => void }} props */
function Row({ branches, chosen, all, onChoose }) {
  return (
    <div className="chips-row">
      {all}
      {branches.map(({ category: { name, color }, label, total }) => (
        <Chip key={name} pressed={chosen.includes(name)} onClick={() => onChoose(name)}>
          {color && <i className="dot" style={{ background: color }} />}
          {label} <small>{total}</small>
        </Chip>
      ))}
    </div>
  );
}

/**
 * The categories that have aliases, and all of them together; those inside the chosen one below it.
 * @param {{ chosen: string, onChoose: (category: string) => void }} props
 */
export function CategoryChips({ chosen, onChoose }) {
  const { t } = useT();
  const categories = useAliasCategories().data?.answer.categories ?? [];
  const tree = treeOf(categories);
  const path = pathTo(tree, chosen);
  const names = path.map(({ category }) => category.name);
  const used = (/** @type {readonly Branch[]} */ branches) => branches.filter(({ total }) => total > 0);
  const levels = [tree, ...path.map(({ children }) => children)].map(used).filter((level) => level.length > 0);
  const [top = [], ...below] = levels;
  if (top.length + below.length < 2) return null;
  // Touching what is chosen goes back to what it lies in.
  const choose = (/** @type {string} */ name) => {
    const at = names.indexOf(name);
    onChoose(at >= 0 && at === names.length - 1 ? (names[at - 1] ?? '') : name);
  };
  const everything = (
    <Chip pressed={chosen === ''} onClick={() => onChoose('')}>
      {t('aliases.all')}
    </Chip>
  );
  return (
    <>
      <Row branches={top} chosen={names} all={everything} onChoose={choose} />
      {below.map((level) => (
        <Row key={level[0]?.category.name} branches={level} chosen={names} onChoose={choose} />
      ))}
    </>
  );
}
