import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cheapestNeedles } from './needles.ts';

const line = 'INFO [03-04|09:15:02.118] Imported number=24,583,127 hash=a708a7..15a231 blocks=1\n';
const sample = Buffer.from(line.repeat(200));
const shown = (found: ReturnType<typeof cheapestNeedles>): readonly string[] =>
  (found?.needles ?? []).map((each) =>
    'run' in each ? `row of ${each.least}` : `${each.offset} ${each.bytes.toString()}`,
  );

describe('cheapestNeedles', () => {
  it('are of the part that is rare in the data, however short it is', () => {
    expect(shown(cheapestNeedles({ text: 'number=24,599' }, sample))).toEqual(['5 r=24,59']);
    const required = { all: [{ text: 'Imported number=' }, { text: 'Qx' }] };
    expect(shown(cheapestNeedles(required, sample))).toEqual(['0 Qx']);
  });

  it('are the whole of a text of which every part is frequent', () => {
    const text = `number=${'24,583,127'.repeat(2)}`;
    const all = Buffer.from(`${text.slice(0, 12)}\n${text.slice(5, 20)}\n${text.slice(12)}\n`);
    const found = cheapestNeedles({ text }, Buffer.from(all.toString().repeat(200)));
    expect(shown(found)).toEqual([`0 ${text}`]);
  });

  it('are those of each alternative', () => {
    const any = [{ text: 'Quit' }, { all: [{ text: 'number' }, { text: 'Zero' }] }];
    expect(shown(cheapestNeedles({ any }, sample))).toEqual(['0 Quit', '0 Zero']);
  });

  it('are few where the case does not matter', () => {
    const found = cheapestNeedles({ text: 'NUMBER=24,599', ignoreCase: true }, sample);
    expect(shown(found)).toEqual(['8 4,599']);
    const either = shown(cheapestNeedles({ text: 'looking', ignoreCase: true }, sample));
    expect(either.length).toBeLessThanOrEqual(4);
  });

  it('are none where a search without them costs less', () => {
    expect(cheapestNeedles({ text: 'number=' }, sample, 1)).toBeNull();
    expect(cheapestNeedles({ text: 'number=' }, sample)).not.toBeNull();
  });

  it('are a row of a class where there are few of it', () => {
    const run = Uint8Array.from({ length: 256 }, (_, byte) =>
      byte >= 0x30 && byte <= 0x39 ? 1 : 0,
    );
    const of = (least: number) => cheapestNeedles({ run, least }, sample, 1);
    expect(shown(of(5))).toEqual(['row of 5']);
    expect(of(3)).toBeNull();
  });

  it('are in every text that has what is required, at their offset', () => {
    const text = fc.string({
      unit: fc.constantFrom('a', 'B', '1', 'µ'),
      minLength: 1,
      maxLength: 12,
    });
    fc.assert(
      fc.property(
        text,
        fc.array(text),
        fc.boolean(),
        fc.nat(4096),
        (wanted, others, either, bits) => {
          const ignoreCase = either && !wanted.includes('µ');
          const found = cheapestNeedles(
            { text: wanted, ignoreCase },
            Buffer.from(others.join('\n')),
          );
          const cased = Array.from(wanted, (character, at) =>
            ignoreCase && ((bits >> at) & 1) === 1 ? swapped(character) : character,
          );
          const bytes = Buffer.from(`x${cased.join('')}x`);
          const isThere = found?.needles.some(
            (each) =>
              !('run' in each) && bytes.indexOf(each.bytes, 1 + each.offset) === 1 + each.offset,
          );
          expect(isThere).toBe(true);
        },
      ),
    );
  });
});

const swapped = (letter: string): string =>
  letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase();
