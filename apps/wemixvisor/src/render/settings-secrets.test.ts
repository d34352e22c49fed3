import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { messageOf } from '../app-error.ts';
import { renderConfigJson } from './config.ts';
import { resolveSettings, type SettingSources } from '../settings/resolve-settings.ts';
import { declared, settings } from '../settings/settings.ts';

/** Told apart from all that an operator may read. */
const marked = fc.stringMatching(/^[a-zA-Z0-9!$%&*+.,;^~-]{0,8}$/).map((rest) => `S3cr3t${rest}`);

/** Every place among the settings where a secret can be typed, right and wrong. */
const typed = marked.chain((secret) =>
  fc.record({
    env: fc.subarray(
      [`API=${secret}`, `A=b=${secret}`, `1BAD=${secret}`, `BAD NAME=${secret}`, secret],
      { minLength: 1 },
    ),
    rpcUrl: fc.constantFrom(
      `http://user:${secret}@h:1/`,
      `ws://${secret}:pw@`,
      `ws://${secret}@h`,
      `${secret}:pw@h`,
      `user:${secret}@h:8545`,
      [{ url: `ws://user:${secret}@h` }],
    ),
    rpcHeaders: fc.constantFrom([`X-Key: ${secret}`], [secret], secret),
    alertsExec: fc.constantFrom(
      ['/bin/hook', secret, `--to=${secret}`],
      ['hook', secret],
      ['/bin/hook', `${secret}\0`],
    ),
    diagnosisCauses: fc.constantFrom(
      [
        {
          pattern: 'x',
          cause: 'c',
          class: 'never',
          remedy: `see http://user:${secret}@h`,
          summary: `--password=${secret}`,
        },
      ],
      [{ pattern: 'x', cause: 'c', class: 'always', remedy: `http://user:${secret}@h` }],
      `http://user:${secret}@h`,
    ),
    alertsWebhookUrl: fc.constantFrom(`https://h/${secret}`, `h/${secret}`, secret),
  }),
);

const places = ['env', 'rpcUrl', 'rpcHeaders', 'alertsExec', 'diagnosisCauses', 'alertsWebhookUrl'];

/** Settings of a file, by their names. */
function file(given: readonly (readonly [name: string, value: unknown])[]): SettingSources {
  const values = given.map(([name, value]) => [settings[name as 'env'].key, value] as const);
  const place = { placeOf: () => 'f:1', problems: [] };
  return { options: {}, environment: {}, file: { ...place, values: new Map(values) } };
}

/** All that settings print, right or wrong. */
function printed(sources: SettingSources): string {
  try {
    const resolved = resolveSettings(sources);
    const json = renderConfigJson(resolved, { home: '/h', configFile: '/h/config.toml' });
    return JSON.stringify(json) + declared.toToml(resolved, { origin: true });
  } catch (error) {
    return messageOf(error);
  }
}

describe('settings', () => {
  it('print no secret, wherever it was typed, alone or beside a wrong one', () => {
    fc.assert(
      fc.property(
        typed,
        fc.subarray(places, { minLength: 1 }),
        fc.boolean(),
        (all, names, fromFile) => {
          const given = Object.entries(all).filter(([name]) => names.includes(name));
          const sources = fromFile
            ? file(given)
            : { options: Object.fromEntries(given), environment: {} };
          expect(printed(sources)).not.toContain('S3cr3t');
        },
      ),
    );
  });

  it('name what is not secret', () => {
    const problem = (name: string, value: unknown) => printed(file([[name, value]]));
    expect(problem('env', ['API=x', '1BAD=y', 'z'])).toContain(
      '["API=REDACTED","REDACTED","REDACTED"] is not NAME=value',
    );
    expect(problem('env', [12345])).toContain('["REDACTED"] is not NAME=value');
    expect(problem('alertsExec', 'hook')).toContain('"hook" is not a program');
    expect(problem('alertsExec', ['hook', 'x'])).toContain('["hook","REDACTED"] is not a program');
    expect(declared.show('env', ['A=b', 'C=d'])).toBe('A=REDACTED,C=REDACTED');
    expect(declared.show('rpcHeaders', ['X: y'])).toBe('REDACTED');
    expect(declared.show('env', [])).toBe('none');
  });
});
