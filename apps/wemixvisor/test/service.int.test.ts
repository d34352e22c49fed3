import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { workplace, type Workplace } from './workplace.ts';

const has = (program: string) => spawnSync(program, ['--version']).error === undefined;

const service = (place: Workplace, ...argv: readonly string[]) =>
  place.runAs({ uid: 1000, self: ['/usr/bin/env', '/opt/wemixvisor/main.js'] }, 'service', ...argv);

const odd = ['--datadir', '/srv/my data', '--identity', '100% $HOME "x\\y" ;', '--', 'é\n'];

describe('service', () => {
  it('prints a unit for this home, program and node', async () => {
    const place = await workplace();
    place.env['WEMIXVISOR_MIN_PEERS'] = '3';
    const { code, stdout, stderr } = await service(
      place,
      'systemd',
      '--user',
      'geth',
      '--stop-timeout',
      '10m',
      '--',
      ...place.nodeArguments,
    );
    expect(code).toBe(0);
    const { home } = place.paths;
    const binary = join(place.path, 'bin', 'geth');
    expect(stdout).toContain(
      `ExecStart="/usr/bin/env" "/opt/wemixvisor/main.js" "start" "--foreground" "--home" "${home}" "--binary=${binary}" "--workdir=${place.path}" "--stop-timeout=10m" "--" "--datadir" "${place.dataDirectory}"\n`,
    );
    for (const line of [
      'Type=notify',
      'User=geth',
      `ExecReload="/usr/bin/env" "/opt/wemixvisor/main.js" "reload" "--home" "${home}"`,
      'KillMode=process',
      'TimeoutStopSec=1890',
      'ProtectSystem=strict',
      `ReadWritePaths="${home}" "${place.dataDirectory}" "/tmp" "/var/tmp"`,
    ]) {
      expect(stdout).toContain(`\n${line}\n`);
    }
    expect(stderr).toContain('put it into /etc/systemd/system/wemixvisor.service');
    expect(stderr).toContain('put them into config.toml: WEMIXVISOR_MIN_PEERS');
  });

  it('takes the node of the last start', async () => {
    const place = await workplace();
    const foreground = await place.supervised('--min-peers', '2');
    foreground.signal('SIGTERM');
    await foreground.done;
    const { stdout } = await service(place, 'systemd');
    expect(stdout).toContain(`"--min-peers=2" "--" "--datadir" "${place.dataDirectory}"\n`);
    expect(stdout).toContain('\nUser=operator\n');
  });

  it('names the home alone where it is to repeat the last start, whatever that will be', async () => {
    const place = await workplace();
    const { code, stdout } = await service(place, 'systemd', '--user', 'geth', '--last-start');
    expect(code).toBe(0);
    expect(stdout).toContain(
      `ExecStart="/usr/bin/env" "/opt/wemixvisor/main.js" "start" "--foreground" "--home" "${place.paths.home}"\n`,
    );
    const refused = await service(place, 'systemd', '--last-start', '--', '--http');
    expect(refused).toMatchObject({ code: 64, stdout: '' });
    expect(refused.stderr).toContain('leave out the --');
  });

  it('is for the manager of this system where none is named', async () => {
    const place = await workplace();
    const { stdout } = await service(place, '--user', 'geth', '--last-start');
    expect(stdout).toContain(process.platform === 'darwin' ? '<plist' : '[Service]');
  });

  it.skipIf(!has('systemd-analyze'))('prints a unit that systemd takes', async () => {
    const place = await workplace();
    const { stdout } = await service(place, 'systemd', '--user', 'root', '--', ...odd);
    const unit = join(place.path, 'wemixvisor.service');
    writeFileSync(unit, stdout);
    const verified = spawnSync('systemd-analyze', ['verify', '--man=no', unit], {
      encoding: 'utf8',
    });
    expect(verified.stderr).toBe('');
    expect(verified.status).toBe(0);
  });

  it.skipIf(!has('systemd-analyze'))('prints a unit that is kept from the machine', async () => {
    const place = await workplace();
    const unit = join(place.path, 'wemixvisor.service');
    for (const more of [['--', ...place.nodeArguments], ['--last-start']]) {
      const { stdout } = await service(place, 'systemd', '--user', 'root', ...more);
      writeFileSync(unit, stdout);
      const analyze = ['security', '--offline=true', '--no-pager', unit];
      const said = spawnSync('systemd-analyze', analyze, { encoding: 'utf8' });
      // Before 250 it reads no file.
      if (said.status !== 0) return;
      const [, exposure = 'unknown'] = /exposure level for .*: ([\d.]+)/.exec(said.stdout) ?? [];
      expect(Number(exposure)).toBeLessThan(4);
    }
  });

  it('names the user that is missing and how to make it, and needs the home then', async () => {
    const place = await workplace();
    const node = ['--', ...place.nodeArguments];
    const { code, stderr } = await service(place, 'systemd', '--user', 'rooot', ...node);
    expect(code).toBe(0);
    expect(stderr).toContain('there is no user "rooot" here: did you mean root?');
    delete place.env['WEMIXVISOR_HOME'];
    const refused = await service(place, 'systemd', '--user', 'rooot', ...node);
    expect(refused).toMatchObject({ code: 64, stdout: '' });
  });

  it('takes the home of the user of the service', async () => {
    const place = await workplace();
    delete place.env['WEMIXVISOR_HOME'];
    const { username, homedir } = userInfo();
    const context = { uid: process.getuid?.() ?? -1, self: [process.execPath] } as const;
    const argv = ['service', 'systemd', '--user', username, '--', ...place.nodeArguments];
    const { stdout } = await place.runAs(context, ...argv);
    expect(stdout).toContain(`"--home" "${homedir}/.wemixvisor"`);
    expect(stdout).toContain(`\nUser=${username}\n`);
  });

  it('tells anybody but root what to type to install it, without a secret', async () => {
    const place = await workplace();
    const key = 'f4c3b00c'.repeat(8);
    const install = ['systemd', '--install', '--', '--nodekeyhex', key];
    const { code, stdout, stderr } = await service(place, ...install);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain(
      `only root may do that: sudo /usr/bin/env /opt/wemixvisor/main.js service systemd --install --user operator --home ${place.paths.home} -- --nodekeyhex `,
    );
    expect(stderr).not.toContain(key);
    const removal = await service(place, 'systemd', '--uninstall', '--name', 'other');
    expect(removal.stderr).toContain('service systemd --uninstall --name other\n');
  });

  it.each([
    [['launchd', '--install'], 'are for systemd'],
    [['systemd', '--uninstall', '--name', '../x'], 'letters, digits'],
    [['systemd', '--install'], '--user NAME'],
    [['systemd', '--install', '--user', 'no-such-user'], 'there is no user "no-such-user" here'],
  ])('installs nothing for %j', async (argv, why) => {
    const place = await workplace();
    const { code, stderr } = await place.runAs({ uid: 0 }, 'service', ...argv);
    expect(code).toBe(64);
    expect(stderr).toContain(why);
  });

  it('prints a plist with the same command', async () => {
    const place = await workplace();
    const { code, stdout, stderr } = await service(place, 'launchd', '--', ...odd);
    expect(code).toBe(0);
    expect(stdout).toContain('<string>100% $HOME "x\\y" ;</string>');
    expect(stdout).toContain('<key>UserName</key>\n  <string>operator</string>');
    expect(stderr).toContain('put it into /Library/LaunchDaemons/wemixvisor.');
  });

  it.skipIf(!has('plutil'))('prints a plist that macOS takes', async () => {
    const place = await workplace();
    const { stdout } = await service(place, 'launchd', '--', ...odd);
    const file = join(place.path, 'a.plist');
    writeFileSync(file, stdout);
    expect(spawnSync('plutil', ['-lint', file]).status).toBe(0);
  });

  it('says where a secret would be read by others, and that root is not needed', async () => {
    const place = await workplace();
    const argv = ['service', 'systemd', '--', '--nodekeyhex', 'f4c3b00c'.repeat(8)];
    const { stderr } = await place.runAs({ uid: 0 }, ...argv);
    expect(stderr).toContain('systemctl show and ps tell every user');
    expect(stderr).toContain('it sets no user');
  });

  it('knows two service managers', async () => {
    const place = await workplace();
    const { code, stderr } = await service(place, 'upstart');
    expect(stderr).toBe(
      'wemixvisor: "upstart" is not a service manager: must be systemd or launchd\n',
    );
    expect(code).toBe(64);
  });
});
