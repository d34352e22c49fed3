import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { systemdUnits } from '@wemixvisor/service-files';
import { describe, expect, it } from 'vitest';
import { installService, uninstallService } from '../src/commands/service/install-service.ts';
import { workplace, type Workplace } from './workplace.ts';

type Units = ReturnType<typeof systemdUnits>;

/** Units in the workplace, whose service adopts what runs there when it is started. */
function unitsAt(place: Workplace, { isHere = true, active = false } = {}) {
  const started: string[] = [];
  const units: Units = {
    ...systemdUnits({ folder: place.path, systemctl: () => ({ code: 0, said: 'running\n' }) }),
    isHere,
    isActive: () => active,
    start: (name) => void started.push(name),
  };
  return { units, started };
}

/** A service of the node of a workplace. */
function serviceOf(place: Workplace, args: readonly string[] | null = null) {
  const said: string[] = [];
  const { home } = place.paths;
  const binary = join(place.path, 'bin', 'geth');
  return {
    said,
    service: {
      name: 'node',
      text: `[Unit]\nDescription=node (${home})\n`,
      paths: place.paths,
      user: null,
      facts: {
        ...{ command: ['/x'] as const, reload: ['/x'] as const, home, user: 'op' },
        ...{ stopTimeoutMs: 0, writable: [home, join(place.path, 'a/b')], sharesTmp: true },
      },
      launch: args === null ? null : { file: binary, args, cwd: place.path },
      obstacles: [],
      say: (line: string) => void said.push(line),
    },
  };
}

describe('installService', () => {
  it('makes the folders, writes the unit and starts it', async () => {
    const place = await workplace();
    const { units, started } = unitsAt(place);
    const { service, said } = serviceOf(place, place.nodeArguments);
    await installService(service, units);
    expect(started).toEqual(['node']);
    expect(existsSync(join(place.path, 'a/b'))).toBe(true);
    expect(readFileSync(join(place.path, 'node.service'), 'utf8')).toContain(service.text);
    expect(said).toEqual([
      `installed: ${join(place.path, 'node.service')}, started with the machine`,
      'the service says: running',
    ]);
    expect(uninstallService('node', service.say, units)).toBe(0);
    expect(said.at(-1)).toContain('removed: ');
    expect(existsSync(join(place.path, 'node.service'))).toBe(false);
  });

  it('takes the supervisor from a running node, and refuses to take another node for it', async () => {
    const place = await workplace();
    const foreground = await place.supervised();
    const { units, started } = unitsAt(place);
    const other = serviceOf(place, ['--http']);
    await expect(installService(other.service, units)).rejects.toThrow(
      /^a node runs \(pid \d+\), but the arguments are --datadir .*, not --http: restart it so first/,
    );
    expect(started).toEqual([]);
    const { service, said } = serviceOf(place, place.nodeArguments);
    const { pid } = await place.status();
    await installService(service, units);
    expect(started).toEqual(['node']);
    expect(said[1]).toContain(`the node (pid ${pid}) was adopted as it is`);
    expect((await foreground.done).code).toBe(0);
    expect(await place.status()).toMatchObject({ pid, supervisor_pid: null });
  });

  it('leaves a service that runs, and says how a changed unit is taken', async () => {
    const place = await workplace();
    const { units, started } = unitsAt(place, { active: true });
    const { service, said } = serviceOf(place);
    await installService(service, units);
    await installService({ ...service, text: `${service.text}After=x\n` }, units);
    expect(started).toEqual([]);
    expect(said.slice(2)).toEqual([
      expect.stringMatching(/^updated: /),
      expect.stringContaining('&& systemctl start node'),
      'the service says: running',
    ]);
  });

  it('refuses a machine without systemd, a unit of somebody else and one of another home', async () => {
    const place = await workplace();
    const { service } = serviceOf(place);
    await expect(installService(service, unitsAt(place, { isHere: false }).units)).rejects.toThrow(
      'systemd does not run this machine',
    );
    const { units } = unitsAt(place);
    await installService(service, units);
    const other = { ...service, text: service.text.replace('node (', 'node (/other') };
    await expect(installService(other, units)).rejects.toThrow('--name NAME');
    const foreign: Units = {
      ...units,
      install: () => ({ outcome: 'foreign' }),
      remove: () => 'foreign',
    };
    await expect(installService(service, foreign)).rejects.toThrow('systemctl edit node');
    expect(() => uninstallService('node', service.say, foreign)).toThrow('systemctl edit node');
    expect(uninstallService('absent', service.say, units)).toBe(0);
  });

  it('tells where to read why the service did not start', async () => {
    const place = await workplace();
    const { units } = unitsAt(place);
    const failing: Units = {
      ...units,
      start: () => {
        throw new Error('systemctl start node.service: Job failed.');
      },
    };
    await expect(installService(serviceOf(place).service, failing)).rejects.toThrow(
      'systemctl start node.service: Job failed.; journalctl -u node -n 20 tells why',
    );
  });
});
