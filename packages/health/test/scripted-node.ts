import { fakeClock } from '@wemixvisor/testkit';

import type { HealthPorts } from '../src/ports.ts';
import { failed } from '../src/rpc/failure.ts';
import type { CallOutcome, RpcCall } from '../src/rpc/outcome.ts';

/** A node behind a fake client: what it answers, whether it answers, and what it was asked. */
export function scriptedNode() {
  const clock = fakeClock();
  const node = {
    clock,
    mode: 'answers' as 'answers' | 'silent' | 'hangs',
    answers: {
      eth_syncing: false,
      net_peerCount: '0x3',
      eth_getBlockByNumber: { number: '0x64', timestamp: '0x1' },
      eth_blockNumber: '0x64',
      web3_clientVersion: 'Geth/v1.16.9',
      eth_chainId: '0x457',
    } as Record<string, unknown>,
    /** Methods of each batch. */
    batches: [] as (readonly string[])[],
    clients: { made: 0, disposed: 0 },
    /** Milliseconds that the monotonic clock counts on top of the timers: a late timer. */
    extraMs: 0,
    /** Whether a disposed client ends its batch with a timeout at once, as the real one does. */
    giveUpOnDispose: true,
    /** The node says in its log why it stands still. */
    complains: false,
    /** How often its log was asked for that. */
    complaintsAsked: 0,
    /** Ends the last batch that hangs with the answers of the node. */
    answerLate: (): void => undefined,
    /** Ends the last batch that hangs with a timeout. */
    giveUp: (): void => undefined,
    ports: {} as HealthPorts,
  };

  const outcomeOf = ({ method }: RpcCall): CallOutcome =>
    method in node.answers
      ? { kind: 'ok', value: node.answers[method] }
      : { kind: 'unknown', why: `${method} is not offered` };
  const silent = (calls: readonly RpcCall[]) => calls.map(() => failed('timeout', 'no answer'));

  node.ports = {
    clock: {
      now: () => clock.now(),
      monotonic: () => clock.monotonic() + node.extraMs,
      setTimer: (callback, delayMs) => clock.setTimer(callback, delayMs),
    },
    restartRefusal: () => null,
    leftBehind: () => ({ peers: null, head: null }),
    membership: () => Promise.resolve(null),
    standstillReason: () => {
      node.complaintsAsked += 1;
      return Promise.resolve(node.complains ? 'the node says that nothing drives it' : null);
    },
    freeDiskBytes: () => Promise.resolve(10 * 1024 ** 3),
    createRpcClient: () => {
      node.clients.made += 1;
      return {
        batch(calls) {
          node.batches.push(calls.map(({ method }) => method));
          if (node.mode === 'silent') return Promise.resolve(silent(calls));
          if (node.mode === 'answers') return Promise.resolve(calls.map(outcomeOf));
          return new Promise((resolve) => {
            node.answerLate = () => resolve(calls.map(outcomeOf));
            node.giveUp = () => resolve(silent(calls));
          });
        },
        dispose() {
          node.clients.disposed += 1;
          if (node.giveUpOnDispose) node.giveUp();
        },
      };
    },
  };
  return node;
}
