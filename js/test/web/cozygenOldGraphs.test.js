import { describe, expect, it } from 'vitest';
import { upgradedValues, upgradeGraph } from '../../web/cozygenOldGraphs.js';

describe('the saved values of the predecessor', () => {
  it.each([
    [
      ['Steps', 2, 'INT', 20, 1, 100, 1, true],
      ['Steps', 2, 'INT', '20', true, '', false, '', false, 1, 100, 1],
    ],
    [
      ['Model', 0, 'DROPDOWN', 'a.safetensors', 'checkpoints', true],
      ['Model', 0, 'DROPDOWN', 'a.safetensors', false, 'checkpoints', true, '', false, 0, 0, 0],
    ],
    [
      ['Prompt', 1, 'STRING', 'a cat', true],
      ['Prompt', 1, 'STRING', 'a cat', false, '', false, '', true, 0, 0, 0],
    ],
    [
      ['On', 1, 'BOOLEAN', true],
      ['On', 1, 'BOOLEAN', 'true', false, '', false, '', false, 0, 0, 0],
    ],
  ])('%j come into our order', (old, ours) => {
    expect(upgradedValues(old)).toEqual(ours);
  });

  it('of our own stay as they are', () => {
    const ours = upgradedValues(['Prompt', 1, 'STRING', 'a cat', true]);
    expect(upgradedValues(ours)).toBeNull();
  });

  it.each([[undefined], [null], [{}], [[]], [['x', 1, 'COLOR', 'red']], [['x', 1, 'INT', 1, 2]]])(
    '%j are nobody’s and stay',
    (values) => {
      expect(upgradedValues(values)).toBeNull();
    },
  );
});

it('every dynamic input is upgraded, also inside subgraphs, and no other node', () => {
  const old = () => ({ type: 'CozyGenDynamicInput', widgets_values: ['On', 1, 'BOOLEAN', true] });
  const other = { type: 'KSampler', widgets_values: [1, 2, 'BOOLEAN', true] };
  /** @type {any} */
  const graph = { nodes: [old(), other], definitions: { subgraphs: [{ nodes: [old()] }] } };
  upgradeGraph(graph);
  expect(graph.nodes[0].widgets_values).toHaveLength(12);
  expect(graph.nodes[0].properties.cozygen_follows).toBe('saved');
  expect(graph.definitions.subgraphs[0].nodes[0].widgets_values).toHaveLength(12);
  expect(other.widgets_values).toHaveLength(4);
  expect(other).not.toHaveProperty('properties');
});

it.each([undefined, null, {}, { nodes: [null] }])('a graph without nodes is no error', (graph) => {
  expect(() => upgradeGraph(graph)).not.toThrow();
});
