/** CozyGen in ComfyUI's graph editor. No import but ComfyUI's app and api; no prototype is touched. */
import { app } from '../../scripts/app.js';
import { fillChoices, followConnections } from './cozygenInputs.js';
import { upgradeGraph } from './cozygenOldGraphs.js';
import { openCozyGen, showForPhone } from './cozygenOpen.js';
import { saveToCozyGen } from './cozygenSave.js';
import { showItem, takeItem } from './cozygenShow.js';

let loading = 0;

/** Whether a dynamic input adapts to a new connection: never while a graph is loaded. */
const following = () =>
  loading === 0 && !app.configuringGraph && (app.extensionManager.setting.get('CozyGen.Editor.Follow') ?? true);

app.registerExtension({
  name: 'CozyGen',
  commands: [
    { id: 'CozyGen.Open', label: 'Open CozyGen', icon: 'pi pi-mobile', function: openCozyGen },
    { id: 'CozyGen.Phone', label: 'Open CozyGen on a phone', icon: 'pi pi-qrcode', function: showForPhone },
    { id: 'CozyGen.Save', label: 'Save to CozyGen', icon: 'pi pi-save', function: saveToCozyGen },
  ],
  menuCommands: [{ path: ['Extensions', 'CozyGen'], commands: ['CozyGen.Open', 'CozyGen.Phone', 'CozyGen.Save'] }],
  actionBarButtons: [{ icon: 'pi pi-mobile', label: 'CozyGen', tooltip: 'Open CozyGen', onClick: openCozyGen }],
  settings: [
    {
      id: 'CozyGen.Editor.Follow',
      name: 'Inputs take type and limits from what they are connected to',
      category: ['CozyGen', 'Editor', 'Follow'],
      type: 'boolean',
      defaultValue: true,
    },
  ],
  beforeConfigureGraph(graph) {
    loading += 1;
    upgradeGraph(graph);
  },
  afterConfigureGraph() {
    loading = Math.max(0, loading - 1);
    const id = loading === 0 ? takeItem() : null;
    if (id !== null) setTimeout(() => showItem(id), 0); // after what ComfyUI opens by itself
  },
  nodeCreated(node) {
    if (node.comfyClass === 'CozyGenDynamicInput') followConnections(node, following);
    if (node.comfyClass === 'CozyGenChoiceInput') fillChoices(node);
  },
});
