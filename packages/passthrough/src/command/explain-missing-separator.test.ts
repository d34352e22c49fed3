import { describe, expect, it } from 'vitest';
import { explainMissingSeparator } from './explain-missing-separator.ts';

const ours = ['--home', '--max-restarts', '--auto-restart', '--config'];

describe('explainMissingSeparator', () => {
  it('puts the separator in front of the first node option', async () => {
    expect(await explainMissingSeparator(['start', '--max-restarts', '5', '--http'], ours)).toEqual(
      {
        kind: 'node-option',
        option: '--http',
        words: ['start', '--max-restarts', '5', '--', '--http'],
        corrected: 'wemixvisor start --max-restarts 5 -- --http',
        message:
          '--http is an option of the node and must stand after "--": wemixvisor start --max-restarts 5 -- --http',
      },
    );
  });

  it('gives a switch of the node no word of ours', async () => {
    const explained = await explainMissingSeparator(['start', '--http', '--home', '/h'], ours);
    expect(explained).toMatchObject({ words: ['start', '--home', '/h', '--', '--http'] });
  });

  it('moves our options in front and keeps what already stands after the separator', async () => {
    const explained = await explainMissingSeparator(
      ['start', '--datadir', '--home', '--home', '/h', '--http.port=1', '--auto-restart=false'],
      ours,
      { program: 'wv', node: ['--ws'] },
    );
    expect(explained).toMatchObject({
      corrected: 'wv start --home /h --auto-restart=false -- --datadir --home --http.port=1 --ws',
    });
  });

  it('quotes the line for a shell and hides its secrets', async () => {
    expect(
      await explainMissingSeparator(['start', '--identity', "it's", '--nodekeyhex', 'abc'], ours),
    ).toMatchObject({
      corrected: String.raw`wemixvisor start -- --identity 'it'\''s' --nodekeyhex REDACTED`,
      words: ['start', '--', '--identity', "it's", '--nodekeyhex', 'abc'],
    });
  });

  it('names our nearest option for a typo of it', async () => {
    expect(await explainMissingSeparator(['start', '--max-restart=5'], ours)).toMatchObject({
      kind: 'typo',
      option: '--max-restart',
      nearest: '--max-restarts',
      message: 'unknown option --max-restart: did you mean --max-restarts?',
    });
  });

  it("names the node's nearest option where none of ours is near", async () => {
    expect(await explainMissingSeparator(['start', '--syncmoed', 'full'], ours)).toMatchObject({
      kind: 'typo',
      nearest: '--syncmode',
    });
  });

  it('takes no short name for another, and no dashes for likeness', async () => {
    const names = ['--home', '-h', '-i'];
    expect(await explainMissingSeparator(['restart', '--time', '5'], names)).toBeUndefined();
    expect(await explainMissingSeparator(['restart', '-x'], names)).toBeUndefined();
  });

  it('has nothing to say where every option is ours or none is near', async () => {
    expect(await explainMissingSeparator(['start', '--home', 'x'], ours)).toBeUndefined();
    expect(await explainMissingSeparator(['--zzzzzzzzzzzzzzzz'], ours)).toBeUndefined();
  });
});
