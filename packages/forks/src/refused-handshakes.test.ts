import { expect, it } from 'vitest';
import { recorded } from '../test/records.ts';
import { countRefusedHandshakes } from './refused-handshakes.ts';

it('counts a handshake that a real node refused once, though it is logged twice', () => {
  const lines = recorded('geth-1.13.15-refused.txt').split('\n');
  expect(countRefusedHandshakes(lines)).toEqual({ nodeBehind: 1, peerBehind: 0 });
});

it('tells apart who is behind', () => {
  const lines = [
    'DEBUG[11-29|08:16:50.625] Ethereum handshake failed  id=ab8f conn=inbound err="fork ID rejected: remote needs update"',
    'DEBUG[11-29|08:16:50.625] Ethereum handshake failed  id=ab8f conn=inbound err="genesis mismatch"',
  ];
  expect(countRefusedHandshakes(lines)).toEqual({ nodeBehind: 0, peerBehind: 1 });
});
