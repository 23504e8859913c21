import { Images } from 'lucide-react';
import { useState } from 'react';
import { EmptyState } from '../../../ui/composites/EmptyState.jsx';
import { ErrorState } from '../../../ui/composites/ErrorState.jsx';
import { Button } from '../../../ui/primitives/Button.jsx';
import { Progress } from '../../../ui/primitives/Progress.jsx';
import { Skeleton } from '../../../ui/primitives/Skeleton.jsx';
import { Tabs } from '../../../ui/primitives/Tabs.jsx';

/** What stands where nothing is yet, nothing is at all, or nothing could be had. */
export function States() {
  const [tab, setTab] = useState(/** @type {'one' | 'two'} */ ('one'));
  return (
    <>
      <section className="section">
        <h2>Tabs, Progress, Skeleton</h2>
        <Tabs
          label="Tabs"
          value={tab}
          onChange={setTab}
          tabs={[
            { value: 'one', label: 'Folder', panel: <p>The first.</p> },
            { value: 'two', label: 'Gallery', panel: <p>The second.</p> },
          ]}
        />
        <Progress label="Begins" value={0} />
        <Progress label="Goes on" value={42} />
        <Progress label="Is done" value={100} />
        <Progress label="Nobody knows" value={null} />
        <Skeleton style={{ height: 44 }} />
        <Skeleton style={{ height: 20, width: '60%' }} />
      </section>
      <section className="section">
        <h2>EmptyState, ErrorState</h2>
        <EmptyState icon={<Images size={32} />} title="Nothing here" text="What is so, and the next step.">
          <Button>The next step</Button>
        </EmptyState>
        <ErrorState message="The server took too long to answer." onRetry={() => undefined} />
      </section>
    </>
  );
}
