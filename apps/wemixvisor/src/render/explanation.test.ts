import { describe, expect, it } from 'vitest';
import { exitOf, statusOf } from '../../test/status-of.ts';
import { explain } from '../report/explanation.ts';
import { renderExplanation } from './explanation.ts';
import { localTime } from './local-time.ts';

const at = Date.parse('2026-11-28T00:00:00Z');

describe('an explanation on a screen', () => {
  it('is a few lines, ages counted from now, and no escape of the node in it', () => {
    const lifecycle = {
      state: 'crashed',
      desired: 'up',
      reason: 'exit code 1',
      lastExit: exitOf({ at, lastLine: '\u001b[2Jbye' }),
      nextAction: { what: 'restart', at: at + 65_000 },
    } as const;
    expect(
      renderExplanation(explain(statusOf(lifecycle, { supervisorPid: null })), at + 60_000),
    ).toBe(
      [
        `The node is crashed since ${localTime(at)} (1m), and no supervisor watches it.`,
        'Why:       exit code 1',
        'Last line: \\x1b[2Jbye',
        'Done:      not restarted yet',
        'Next:      it is started again (in 5s)',
        'Type:      wemixvisor crashes show   # shows what it said',
        'Type:      wemixvisor start   # tries it now',
        'Type:      wemixvisor stop   # gives it up',
        '',
      ].join('\n'),
    );
    expect(renderExplanation(explain(statusOf({})), at)).toBe(
      'The node is stopped.\nNext:      nothing: it was stopped\n' +
        'Type:      wemixvisor doctor   # checks the last start\nType:      wemixvisor start   # starts it\n',
    );
  });
});
