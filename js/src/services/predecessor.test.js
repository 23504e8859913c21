// @vitest-environment jsdom
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { oldArrangement, oldForms, oldView } from './predecessor.js';

const put = (/** @type {Storage} */ store, /** @type {string} */ key, /** @type {unknown} */ value) =>
  store.setItem(key, typeof value === 'string' ? value : JSON.stringify(value));

beforeEach(() => {
  localStorage.clear();
  sessionStorage.clear();
});

describe('the settings of the predecessor', () => {
  it('are none where it never was', () => {
    expect(oldForms()).toBeNull();
    expect(oldArrangement('a.json')).toBeNull();
    expect(oldView()).toBe('grid');
  });

  it('bring the open workflow, values, switched-off fields and dice', () => {
    put(sessionStorage, 'selectedWorkflow', 'a.json');
    put(sessionStorage, 'a.json_formData', { Prompt: 'a lake', Steps: 12, Hires: true, Seed: '' });
    put(localStorage, 'a.json_randomizeState', { Seed: true, CFG: false });
    put(localStorage, 'a.json_bypassedState', { LoRA: true, VAE: false });
    expect(oldForms()).toEqual({
      workflow: 'a.json',
      entries: {
        'a.json': {
          values: { Prompt: 'a lake', Steps: 12, Hires: true },
          bypassed: ['LoRA'],
          seeds: { Seed: 'random', CFG: 'fixed' },
          old: true,
        },
      },
    });
  });

  it('of this tab are newer than those of older versions', () => {
    put(localStorage, 'a.json_formData', { Prompt: 'old' });
    put(sessionStorage, 'a.json_formData', { Prompt: 'new' });
    expect(oldForms()?.entries['a.json']?.values).toEqual({ Prompt: 'new' });
  });

  it('leave the key to the server behind in no script’s reach', () => {
    put(localStorage, 'cozygen_token', 'secret');
    put(sessionStorage, 'selectedWorkflow', 'a.json');
    oldForms();
    expect(localStorage.getItem('cozygen_token')).toBeNull();
  });

  it.each([
    ['a list', '[1, 2]'],
    ['a word', '"x"'],
    ['no JSON', '{"Prompt": '],
    ['nothing', 'null'],
  ])('that are %s bring no values', (_what, text) => {
    put(sessionStorage, 'a.json_formData', text);
    expect(oldForms()?.entries['a.json']?.values).toEqual({});
  });

  it('bring nothing that is no plain value, and nothing by the name of an object’s own', () => {
    put(sessionStorage, 'a.json_formData', '{"Pick": ["x"], "Deep": {"a": 1}, "None": null, "__proto__": "x"}');
    expect(Object.keys(oldForms()?.entries['a.json']?.values ?? {})).not.toContain('Pick');
    expect(Object.getPrototypeOf(oldForms()?.entries['a.json']?.values)).toBe(Object.prototype);
    expect(oldArrangement('constructor')).toBeNull();
  });

  it('bring the order and what was hidden, in both of their forms', () => {
    put(localStorage, 'cozygen_field_order_v1', {
      'a.json': { order: ['Steps', 'Prompt', 7], hidden: { VAE: true, CFG: false } },
      'b.json': ['Seed'],
      'c.json': 'nonsense',
      'd.json': { order: 'x', hidden: null },
    });
    expect(oldArrangement('a.json')).toEqual({ order: ['Steps', 'Prompt'], hidden: ['VAE'] });
    expect(oldArrangement('b.json')).toEqual({ order: ['Seed'], hidden: [] });
    expect(oldArrangement('c.json')).toBeNull();
    expect(oldArrangement('d.json')).toBeNull();
  });

  it('bring how the gallery was shown', () => {
    put(localStorage, 'cozygen_gallery_view_mode', 'feed');
    expect(oldView()).toBe('feed');
  });

  it('are none where the browser keeps nothing', () => {
    const forbidden = vi.spyOn(globalThis, 'sessionStorage', 'get').mockImplementation(() => {
      throw new DOMException('denied', 'SecurityError');
    });
    expect(oldForms()).toBeNull();
    expect(oldView()).toBe('grid');
    forbidden.mockRestore();
  });
});
