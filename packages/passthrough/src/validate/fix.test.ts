import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { allFlags } from '../registry/look-up.ts';
import type { Finding } from './finding.ts';
import { validate } from './validate.ts';

const geth = { flavour: 'geth', version: '1.17.5' } as const;

/** The command line after the first fix that is offered for it. */
function fixed(argv: readonly string[], context: Parameters<typeof validate>[1] = geth) {
  const fix = validate(argv, context).find((finding) => finding.fix !== null)?.fix;
  return fix && argv.toSpliced(fix.position, fix.remove, ...fix.insert);
}

describe('the fix of a finding', () => {
  it.each([
    ['gives the meant name and keeps the value', ['--htpp.port=1'], ['--http.port=1']],
    ['leaves a value in its own word', ['--htpp.port', '1'], ['--http.port', '1']],
    ['leaves out what has no future, with its value', ['--light.serve', '5'], []],
    ['takes a flag that is like no other one out', ['--zzz', '--http'], ['--http']],
    ['joins a switch and its word', ['--http', 'no', '--ws'], ['--http=false', '--ws']],
    ['takes the flag out that does not count', ['--cache', '1', '--cache=2'], ['--cache=2']],
  ])('%s', (_, argv, wanted) => {
    expect(fixed(argv, { ...geth, version: '1.16.9' })).toEqual(wanted);
  });

  it('names what replaced a flag', () => {
    const [finding] = validate(['--rpc', '--rpcport=1'], { flavour: 'geth', version: '1.9.25' });
    expect(finding).toMatchObject({ code: 'deprecated', flag: 'rpc', replacement: 'http' });
    expect(fixed(['--rpcport=1'], { flavour: 'geth', version: '1.9.25' })).toEqual([
      '--http.port=1',
    ]);
  });

  it('is not there for a variable, and shows nothing of an unknown word but its name', () => {
    expect(validate([], { ...geth, env: { GETH_CACHE_PRELOAD: 'x' } })).not.toContainEqual(
      expect.objectContaining({ fix: expect.anything() }),
    );
    const [finding] = validate(['--zzz secret'], geth);
    expect(finding).toMatchObject({ flag: 'zzz', replacement: null });
  });

  it('rids any command line of what it was found for', () => {
    const name = fc.constantFrom(...allFlags().map((flag) => flag.name));
    const word = fc.oneof(
      name.map((each) => `--${each}`),
      name.map((each) => `--${each}=1`),
      fc.constantFrom('--htpp', 'true', '1', 'x'),
    );
    const program = fc.constantFrom('1.9.25', '1.13.15', '1.17.5');
    const keyOf = ({ code, flag, position }: Finding) => JSON.stringify([code, flag, position]);
    fc.assert(
      fc.property(fc.array(word, { maxLength: 6 }), program, (argv, version) => {
        const context = { flavour: 'geth', version } as const;
        for (const finding of validate(argv, context)) {
          const { fix } = finding;
          if (fix === null) continue;
          const next = argv.toSpliced(fix.position, fix.remove, ...fix.insert);
          const left = validate(next, context).map(keyOf);
          const same = left.filter((key) => key === keyOf(finding)).length;
          const before = validate(argv, context).map(keyOf);
          expect(same).toBeLessThanOrEqual(before.filter((key) => key === keyOf(finding)).length);
          expect(next).not.toEqual(argv);
        }
      }),
    );
  });
});
