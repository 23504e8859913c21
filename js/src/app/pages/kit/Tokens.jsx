const COLOURS = ['bg', 'surface', 'surface-raised', 'surface-pressed', 'border', 'border-strong', 'text', 'text-dim'];
const ACCENTS = ['accent', 'accent-strong', 'accent-soft', 'on-accent', 'danger', 'ok', 'tile'];
const TAGS = ['general', 'artist', 'copyright', 'character', 'meta', 'species'].map((name) => `tag-${name}`);
const SIZES = ['xl', 'l', 'm', 's'];
const SPACES = [1, 2, 3, 4, 5, 6, 8];

/** @param {{ names: string[] }} props */
function Swatches({ names }) {
  return (
    <ul className="kit-swatches">
      {names.map((name) => (
        <li key={name}>
          <i style={{ background: `var(--${name})` }} />
          {name}
        </li>
      ))}
    </ul>
  );
}

/** What colours, letters and distances mean, as they are in this theme and density. */
export function Tokens() {
  return (
    <section className="section">
      <h2>Tokens</h2>
      <Swatches names={COLOURS} />
      <Swatches names={ACCENTS} />
      <Swatches names={TAGS} />
      {SIZES.map((size) => (
        <p key={size} style={{ fontSize: `var(--text-${size})` }}>
          Letters, {size}: a lighthouse on a cliff, 0123456789
        </p>
      ))}
      <div className="kit-row">
        {SPACES.map((step) => (
          <i key={step} className="kit-space" style={{ width: `var(--space-${step})` }} />
        ))}
      </div>
    </section>
  );
}
