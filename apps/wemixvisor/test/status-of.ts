import type { LastExit } from '@wemixvisor/process';
import { statusReport, type StatusFacts, type StatusReport } from '../src/report/status-report.ts';

/** A lifecycle at rest, with overrides. */
function lifecycleOf(overrides: Partial<StatusFacts['lifecycle']> = {}): StatusFacts['lifecycle'] {
  return {
    state: 'stopped',
    since: null,
    desired: 'down',
    generation: 0,
    pid: null,
    groupId: null,
    command: null,
    failures: 0,
    startedAt: null,
    adopted: false,
    logMark: null,
    restarts: { crash: 0, health: 0, operator: 0 },
    lastExit: null,
    nextAction: null,
    stopPhase: null,
    upgrade: null,
    reason: null,
    ...overrides,
  };
}

/** How a node ended, with overrides: by itself, with code 1. */
export function exitOf(overrides: Partial<LastExit> = {}): LastExit {
  return {
    code: 1,
    signal: null,
    cause: 'unasked',
    at: 0,
    uptimeMs: 60_000,
    lastLine: null,
    ...overrides,
  };
}

/** A status report of a lifecycle, with nothing else known. */
export function statusOf(
  lifecycle: Partial<StatusFacts['lifecycle']>,
  facts: Partial<StatusFacts> = {},
): StatusReport {
  return statusReport({
    lifecycle: lifecycleOf(lifecycle),
    supervisorPid: 100,
    health: null,
    usage: null,
    launch: null,
    repair: null,
    binaryReplaced: null,
    home: '/home/op/.wemixvisor',
    logFile: '/home/op/.wemixvisor/logs/node.log',
    now: Date.parse('2026-11-23T12:00:00Z'),
    ...facts,
  });
}
