import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { systemdUnits } from '../src/systemd-units.ts';

const text = '[Unit]\nDescription=queue (/srv)\n';

/** Units in a folder of their own, with a systemctl that fails for the words that it is told. */
function unitsIn(failing: Readonly<Record<string, string>> = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'wv-units-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const called: string[] = [];
  const systemctl = (...args: readonly string[]) => {
    called.push(args.join(' '));
    const [verb = ''] = args;
    return verb in failing ? { code: 1, said: failing[verb] ?? '' } : { code: 0, said: 'fine\n' };
  };
  const file = join(folder, 'queue.service');
  const units = systemdUnits({ folder, systemctl, isHere: () => true });
  return { units, file, folder, calls: () => called.splice(0) };
}

it('installs a unit that everyone can read, signed, and enables it', () => {
  const { units, file, folder, calls } = unitsIn();
  expect(units.install({ name: 'queue', text })).toEqual({ outcome: 'installed' });
  expect(readFileSync(file, 'utf8')).toMatch(
    /^# Not to be edited.*; digest [0-9a-f]{64}\n\[Unit\]\nDesc/,
  );
  expect(statSync(file).mode & 0o777).toBe(0o644);
  expect(calls()).toEqual(['daemon-reload', 'enable --quiet queue.service']);
  expect(readdirSync(folder)).toEqual(['queue.service']);
  units.install({ name: 'secret', text, secret: true });
  expect(statSync(units.file('secret')).mode & 0o777).toBe(0o600);
});

it('makes the folders that are missing, for their owner alone, below folders that everyone may enter', () => {
  const { units, folder } = unitsIn();
  const deep = join(folder, 'a/b/c');
  const owner = { uid: process.getuid?.() ?? 0, gid: process.getgid?.() ?? 0 };
  units.install({ name: 'queue', text, folders: [deep, folder, deep], owner });
  const modes = [folder, join(folder, 'a'), join(folder, 'a/b'), deep].map(
    (one) => statSync(one).mode & 0o777,
  );
  expect(modes).toEqual([0o700, 0o755, 0o755, 0o700]);
});

it('changes nothing the second time, and replaces what it wrote itself', () => {
  const { units, file } = unitsIn();
  units.install({ name: 'queue', text });
  expect(units.install({ name: 'queue', text })).toEqual({ outcome: 'unchanged' });
  const next = `${text}After=x\n`;
  expect(units.install({ name: 'queue', text: next })).toEqual({ outcome: 'updated' });
  expect(readFileSync(file, 'utf8')).toContain(next);
});

it.each([
  ['that somebody else wrote', () => text],
  ['that was edited', (before: string) => `${before}# mine\n`],
])('leaves a unit alone %s', (_, edit) => {
  const { units, file, calls } = unitsIn();
  units.install({ name: 'queue', text });
  writeFileSync(file, edit(readFileSync(file, 'utf8')));
  calls();
  const edited = readFileSync(file, 'utf8');
  expect(units.install({ name: 'queue', text: `${text}\n` })).toEqual({ outcome: 'foreign' });
  expect(units.remove('queue')).toBe('foreign');
  expect(readFileSync(file, 'utf8')).toBe(edited);
  expect(calls()).toEqual([]);
});

it('leaves the unit of another service alone', () => {
  const { units, file } = unitsIn();
  units.install({ name: 'queue', text });
  const other = text.replace('/srv', '/other');
  expect(units.install({ name: 'queue', text: other })).toEqual({ outcome: 'other' });
  expect(readFileSync(file, 'utf8')).toContain(text);
});

it('removes a unit after it was stopped, once', () => {
  const { units, folder, calls } = unitsIn({ 'reset-failed': 'not loaded' });
  units.install({ name: 'queue', text });
  calls();
  expect(units.remove('queue')).toBe('removed');
  expect(calls()).toEqual([
    'disable --quiet --now queue.service',
    'daemon-reload',
    'reset-failed queue.service',
  ]);
  expect(readdirSync(folder)).toEqual([]);
  expect(units.remove('queue')).toBe('missing');
});

it('passes on what systemctl says, and removes no unit that could not be stopped', () => {
  const { units, file } = unitsIn({ start: 'Job failed.\n', disable: '', 'is-active': '' });
  units.install({ name: 'queue', text });
  expect(() => units.start('queue')).toThrow(
    new Error('systemctl start queue.service: Job failed.'),
  );
  expect(() => units.remove('queue')).toThrow(/^systemctl disable .*: code 1$/);
  expect(readFileSync(file, 'utf8')).toContain(text);
  expect(units.isActive('queue')).toBe(false);
});

it('tells what the service says', () => {
  const { units, calls } = unitsIn();
  expect(units.status('queue')).toBe('fine');
  expect(units.isActive('queue')).toBe(true);
  expect(calls()[0]).toBe('show --property=StatusText --value queue.service');
});
