import { setTimeout as sleep } from 'node:timers/promises';
import { isOver } from '@wemixvisor/upgrade';
import { Option } from 'clipanion';
import { SupervisorUnreachable } from '../../control/client.ts';
import { openControlClient } from '../../control/open-control-client.ts';
import type { AppContext } from '../../context.ts';
import { exitCodes, type ExitCode } from '../../exit-codes.ts';
import { AppCommand } from '../app-command.ts';
import { untilCtrlC } from '../../progress/until-ctrl-c.ts';
import { renderPlan, renderStep } from '../../render/upgrade.ts';
import type { UpgradeReport } from '../../report/upgrade-report.ts';

/** Base of the commands that order an upgrade, and follow it to its end. */
export abstract class UpgradeOrderCommand extends AppCommand {
  readonly json = Option.Boolean('--json', false, { description: 'Print JSON and nothing else' });

  /** Shows it step by step until it is over, or has to wait for its time, and returns where it stands. `waits: false` returns when it has begun. */
  protected async follow(planned: UpgradeReport, waits: boolean = true): Promise<UpgradeReport> {
    const client = openControlClient(this.homePaths);
    const ask = () => client.upgrade();
    const say = (line: string) => this.say(line);
    const report = await followUpgrade(this.context, { planned, waits, ask, say });
    if (this.json) this.sayJson(report);
    return report;
  }
}

const everyMs = 250;
/** Milliseconds for which a supervisor may be away, as one that is started anew is. */
const patienceMs = 15_000;

/** Says each step, and returns what was seen last. */
async function followUpgrade(
  context: Pick<AppContext, 'onSignal'>,
  {
    planned,
    waits,
    ask,
    say,
  }: {
    readonly planned: UpgradeReport;
    readonly waits: boolean;
    readonly ask: () => Promise<UpgradeReport>;
    readonly say: (line: string) => void;
  },
): Promise<UpgradeReport> {
  let report = planned;
  let shown = '';
  const show = () => {
    const line = renderStep(report);
    if (line !== shown) say(line);
    shown = line;
  };
  show();
  if (report.upgrade?.step === 'waiting') {
    say(renderPlan(report, Date.now()).join('\n'));
  } else if (waits) {
    await untilCtrlC(context, goesOn, async (signal) => {
      while (!isDone(report) && !signal.aborted) {
        await sleep(everyMs);
        report = await patiently(ask);
        show();
      }
    });
  }
  return report;
}

const goesOn = 'the upgrade goes on: wemixvisor upgrade status shows it';

const isDone = ({ upgrade }: UpgradeReport): boolean => upgrade === null || isOver(upgrade);

async function patiently(ask: () => Promise<UpgradeReport>): Promise<UpgradeReport> {
  const deadline = performance.now() + patienceMs;
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      const isAway = error instanceof SupervisorUnreachable && performance.now() < deadline;
      if (!isAway) throw error;
      await sleep(everyMs);
    }
  }
}

/** The exit code of a command by where an upgrade stands. */
export function upgradeExitCode({ upgrade }: UpgradeReport): ExitCode {
  const step = upgrade?.step;
  return step === 'gone-back' || step === 'held' || step === 'failed'
    ? exitCodes.failed
    : exitCodes.ok;
}
