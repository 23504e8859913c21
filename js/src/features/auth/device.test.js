import { expect, it } from 'vitest';
import { deviceName } from './device.js';

it.each([
  ['Mozilla/5.0 (iPhone; CPU iPhone OS 18_0) AppleWebKit/605 Version/18.0 Mobile Safari/604.1', 'Safari, iPhone'],
  ['Mozilla/5.0 (Linux; Android 15) AppleWebKit/537 Chrome/140.0 Mobile Safari/537', 'Chrome, Android'],
  ['Mozilla/5.0 (Macintosh; Intel) AppleWebKit/537 Chrome/140 Safari/537 Edg/140.0', 'Edge, Mac'],
  ['something else', ''],
])('%s is %s', (agent, name) => {
  expect(deviceName(agent)).toBe(name);
});
