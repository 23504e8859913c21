import { expect, it } from 'vitest';
import { makeParser } from './sse.js';

const WIRE =
  ':ok\n\nretry: 2000\n\nid: a-1\nevent: changes\ndata: {"generation":7}\n\n:keepalive\n\nid: a-2\ndata: {"x":\ndata: 1}\n\n';

it('finds the events wherever the pieces are cut', () => {
  for (let size = 1; size < WIRE.length; size++) {
    const parser = makeParser();
    const events = [];
    for (let i = 0; i < WIRE.length; i += size) events.push(...parser.push(WIRE.slice(i, i + size)));
    expect(events).toEqual([
      { name: 'changes', data: { generation: 7 } },
      { name: 'message', data: { x: 1 } },
    ]);
    expect(parser.lastId).toBe('a-2');
  }
});

it('takes comments and half events for nothing', () => {
  const parser = makeParser();
  expect(parser.push(':keepalive\n\ndata: {"half"')).toEqual([]);
  expect(parser.lastId).toBe('');
});
