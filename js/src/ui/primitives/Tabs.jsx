import { Tabs as Base } from '@base-ui/react/tabs';

/**
 * @template {string} Value
 * @param {{
 *   label: string, value: Value, onChange: (value: Value) => void,
 *   tabs: { value: Value, label: string, panel: React.ReactNode }[],
 * }} props
 */
export function Tabs({ label, value, onChange, tabs }) {
  return (
    <Base.Root value={value} onValueChange={onChange} className="tabs">
      <Base.List className="tabs-list" aria-label={label}>
        {tabs.map((tab) => (
          <Base.Tab key={tab.value} value={tab.value} className="tab">
            {tab.label}
          </Base.Tab>
        ))}
      </Base.List>
      {tabs.map((tab) => (
        <Base.Panel key={tab.value} value={tab.value} className="tab-panel">
          {tab.panel}
        </Base.Panel>
      ))}
    </Base.Root>
  );
}
