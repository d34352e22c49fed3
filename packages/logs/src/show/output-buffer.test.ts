import { setImmediate as turn } from 'node:timers/promises';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createOutputBuffer } from './output-buffer.ts';

/** A receiver that is as slow as the event loop. */
function receiver() {
  const sent: Buffer[] = [];
  const send = async (bytes: Uint8Array): Promise<void> => {
    const kept = Buffer.from(bytes);
    await turn();
    expect(kept.equals(bytes)).toBe(true);
    sent.push(kept);
  };
  return { sent, send };
}

it('sends every byte once and in order, whatever the pieces and the waits', async () => {
  const text = fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 40 }),
    fc.integer({ min: 20_000, max: 200_000 }).map((length) => 'ä'.repeat(length)),
  );
  const pieces = fc.array(fc.record({ text, asBytes: fc.boolean(), turns: fc.boolean() }));
  await fc.assert(
    fc.asyncProperty(pieces, async (given) => {
      const { sent, send } = receiver();
      const output = createOutputBuffer(send);
      for (const piece of given) {
        await output.write(piece.asBytes ? Buffer.from(piece.text) : piece.text);
        if (piece.turns) await turn();
      }
      await output.flush();
      await output.flush();
      const all = Buffer.concat(sent);
      expect(all.equals(Buffer.from(given.map((piece) => piece.text).join('')))).toBe(true);
    }),
    { numRuns: 60 },
  );
});

it('gathers small pieces into one', async () => {
  const { sent, send } = receiver();
  const output = createOutputBuffer(send);
  for (let count = 0; count < 1000; count += 1) await output.write('line\n');
  await output.flush();
  expect(sent).toHaveLength(1);
});

it('sends what there is when the event loop comes round', async () => {
  const { sent, send } = receiver();
  await createOutputBuffer(send).write('line\n');
  for (let count = 0; count < 5; count += 1) await turn();
  expect(sent.map(String)).toEqual(['line\n']);
});
