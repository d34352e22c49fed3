import { describe, expect, it } from 'vitest';
import { fakeMachine } from '../test/fake-machine.ts';
import { serviceLimits } from './service-limits.ts';

const home = '/var/lib/wemixvisor';
const show = (unit: string) =>
  `systemctl show --property=TimeoutStopUSec --property=NotifyAccess ${unit}`;
const machineWide = 'systemctl show --property=DefaultTimeoutStopUSec';
/** What systemctl shows of a unit. */
const limit = (text: string, access = 'main') =>
  `TimeoutStopUSec=${text}\nNotifyAccess=${access}\n`;
const unitFile = (named: string) =>
  `[Service]\nExecStart="/usr/bin/wemixvisor" "start" "--foreground" "--home" "${named}" "--"\n`;

/** A machine that systemd runs; a supervisor, 700, is in that control group. */
function systemd(group: string) {
  const machine = fakeMachine('linux');
  machine.paths.set('/run/systemd/system', null);
  machine.paths.set('/proc/700/cgroup', group);
  machine.paths.set('/proc/self/cgroup', '0::/user.slice/user-1000.slice/session-3.scope\n');
  machine.output.set(machineWide, 'DefaultTimeoutStopUSec=1min 30s\n');
  machine.output.set(show('session-3.scope'), 'TimeoutStopUSec=1min 30s\n');
  return machine;
}

const found = async (machine: ReturnType<typeof fakeMachine>, runningPid: number | null = 700) =>
  (await serviceLimits({ home, runningPid }, machine)).map(({ who, ms }) => [who, ms]);

describe('the limits of systemd', () => {
  it.each([
    ['31min 30s', 1_890_000],
    ['1h 2min 3s 4ms', 3_723_004],
    ['infinity', Infinity],
    ['500us', 0.5],
    ['1month 1w', 3_234_600_000],
  ])('are those of the unit that the supervisor runs in: %s', async (text, ms) => {
    const machine = systemd('0::/system.slice/geth.service\n');
    machine.output.set(show('geth.service'), limit(text));
    expect(await found(machine)).toEqual([['systemd (geth.service)', ms]]);
  });

  it('are none of a unit that a supervisor asks for more time', async () => {
    const machine = systemd('0::/system.slice/geth.service\n');
    machine.output.set(show('geth.service'), limit('4s', 'all'));
    expect(await found(machine)).toEqual([]);
  });

  it('are found under both versions of control groups', async () => {
    const machine = systemd('12:memory:/x\n1:name=systemd:/system.slice/geth.service\n0::/\n');
    machine.output.set(show('geth.service'), limit('20s'));
    expect(await found(machine)).toEqual([['systemd (geth.service)', 20_000]]);
  });

  it("are those of the service that holds a user's own, and of a session", async () => {
    const machine = systemd('0::/user.slice/user-1.slice/user@1.service/app.slice/a.service\n');
    machine.output.set(show('user@1.service'), limit('2min'));
    expect(await found(machine)).toEqual([['systemd (user@1.service)', 120_000]]);
    machine.paths.set('/proc/700/cgroup', '0::/user.slice/user-1.slice/session-3.scope\n');
    expect(await found(machine)).toEqual([['a reboot or logout (session-3.scope)', 90_000]]);
  });

  it('are those of the machine where there is no unit', async () => {
    for (const group of ['', '0::/\n', '0::/init.scope\n']) {
      expect(await found(systemd(group))).toEqual([['a reboot', 90_000]]);
    }
  });

  it('are those of a unit that is installed for the home, of this home alone, whether it runs or not', async () => {
    const machine = systemd('0::/user.slice/user-1000.slice/session-3.scope\n');
    const folder = '/etc/systemd/system';
    machine.paths.set(`${folder}/node.service`, unitFile(home));
    machine.paths.set(`${folder}/other.service`, unitFile(`${home}2`));
    machine.paths.set(`${folder}/deep.service`, unitFile(`${home}/deep`));
    machine.paths.set(`${folder}/foreign.service`, `[Service]\nExecStart=geth ${home}\n`);
    machine.paths.set(`${folder}/node.timer`, unitFile(home));
    machine.output.set(show('node.service'), limit('5min'));
    const own = ['systemd (node.service)', 300_000];
    expect(await found(machine, null)).toEqual([own]);
    expect(await found(machine)).toEqual([own, ['a reboot or logout (session-3.scope)', 90_000]]);
  });

  it('are those of this session where nothing runs or is installed', async () => {
    expect(await found(systemd(''), null)).toEqual([
      ['a reboot or logout (session-3.scope)', 90_000],
    ]);
  });

  it('are none without systemd, and where it says nothing that is a time', async () => {
    expect(await found(fakeMachine('linux'))).toEqual([]);
    const machine = systemd('');
    for (const said of ['', '90', '90 s']) {
      const text = `DefaultTimeoutStopUSec=${said}`;
      machine.output.set(machineWide, text);
      expect(await found(machine)).toEqual([]);
    }
  });
});

describe('the limits of launchd', () => {
  const plist = (more: string) =>
    `<plist><dict><key>ProgramArguments</key><array><string>/usr/local/bin/wemixvisor</string><string>--home</string><string>${home}</string></array>${more}</dict></plist>`;

  it.each([
    ['<key>ExitTimeOut</key>\n\t<integer>1890</integer>', 1_890_000],
    ['<key>ExitTimeOut</key><integer>0</integer>', Infinity],
    ['', 20_000],
  ])('are read from its file: %j', async (more, ms) => {
    const machine = fakeMachine('darwin');
    machine.paths.set('/Library/LaunchDaemons/org.node.plist', plist(more));
    expect(await found(machine)).toEqual([['launchd (org.node.plist)', ms]]);
  });

  it('are none where no file names the home', async () => {
    const machine = fakeMachine('darwin');
    machine.paths.set('/Library/LaunchDaemons/org.node.plist', '<plist/>');
    expect(await found(machine)).toEqual([]);
    expect(await serviceLimits({ home: null, runningPid: null }, machine)).toEqual([]);
  });
});
