import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { handOver } from './hand-over.ts';

const given = (env: Record<string, string>, words: readonly string[] = ['/bin/node', '--http']) =>
  handOver({ shell: '/bin/sh', words, env, envProgram: '/usr/bin/env' });

describe('handOver', () => {
  it('leaves what is plain text to the arguments and the environment of the shell', () => {
    const { args, env, script } = given({ A: '1', HOME: '/ü' });
    expect(args).toEqual(['-s', '/bin/sh', args[2], '/bin/node', '--http']);
    expect(args[2]).toContain('exec /usr/bin/env -u PWD');
    expect(args[2]).not.toContain('-S');
    expect(env).toEqual({ A: '1', HOME: '/ü' });
    expect(script.toString()).toMatch(/^\{\ntrap : HUP/);
  });

  it('puts a variable that a shell drops, changes or obeys into another one', () => {
    const { args, env } = given({ A: '1', 'a.b': 's3cret', PWD: '/x', wemixvisor_1: 'mine' });
    expect(env).toEqual({
      A: '1',
      wemixvisor_1: 'a.b=s3cret',
      wemixvisor_2: 'PWD=/x',
      wemixvisor_3: 'wemixvisor_1=mine',
    });
    expect(args[2]).toContain('-u wemixvisor_3');
    expect(args[2]).toContain('-- ${wemixvisor_1} ${wemixvisor_2} ${wemixvisor_3}');
  });

  it('writes bytes that are not UTF-8 into the script, and nothing else', () => {
    const { args, env, script } = given({ A: "it's\udcff", B: 'b', 'a.b': '\udc80' }, [
      '/bin/node',
      "'\udcfe'",
    ]);
    expect(args).toEqual(['-s']);
    expect(env).toEqual({ B: 'b' });
    const literals = script.toString('latin1');
    expect(literals).toContain(String.raw`'/bin/node' ''\''` + '\xfe' + String.raw`'\'''` + '\n');
    expect(literals).toContain(String.raw`export A='it'\''s` + '\xff' + `'\n`);
    expect(literals).toContain(`export wemixvisor_1='a.b=\x80'\n`);
    expect(literals).not.toContain('export B');
  });

  it('shows no value of a variable in an argument, whatever its name', () => {
    const name = fc.oneof(
      fc.constantFrom('a.b', 'PWD', 'ENV', 'PS1', 'BASH_FUNC_f%%', '-u', ' ', 'TOKEN', 'x\udcff'),
      fc.stringMatching(/^[^=\0]+$/),
    );
    const value = fc.string().map((rest) => `S3cr3t${rest}`);
    fc.assert(
      fc.property(fc.dictionary(name, value), (env) => {
        expect(given(env).args.join('\n')).not.toContain('S3cr3t');
      }),
    );
  });
});
