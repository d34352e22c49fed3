import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bytesOfText, hasStrayBytes, isByteText, showBytes, textOfBytes } from './byte-text.ts';

describe('a text of bytes', () => {
  it('gives any bytes back, alone and through JSON', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        const text = textOfBytes(Buffer.from(bytes));
        expect([...bytesOfText(text)]).toEqual([...bytes]);
        expect(JSON.parse(JSON.stringify(text))).toBe(text);
        const json = JSON.stringify(text);
        expect(Buffer.from(json).toString()).toBe(json);
        expect(isByteText(text)).toBe(!bytes.includes(0));
      }),
    );
  });

  it('is the text itself where the bytes are UTF-8', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(textOfBytes(Buffer.from(text))).toBe(text);
        expect(bytesOfText(text)).toEqual(Buffer.from(text));
        expect(hasStrayBytes(text)).toBe(false);
        expect(showBytes(text)).toBe(text);
      }),
    );
  });

  it.each([
    ['a byte that begins nothing', [0x61, 0xff, 0x62], 'a\udcffb'],
    ['a sequence that is cut off', [0xe2, 0x82], '\udce2\udc82'],
    ['a sequence that another one cuts off', [0xe2, 0x82, 0xc3, 0xbc], '\udce2\udc82ü'],
    ['a character in more bytes than it needs', [0xc1, 0x81], '\udcc1\udc81'],
    ['a surrogate', [0xed, 0xb3, 0xbf], '\udced\udcb3\udcbf'],
    ['a real replacement character', [0xef, 0xbf, 0xbd, 0xff], '\ufffd\udcff'],
    ['a character of four bytes', [0xf0, 0x9f, 0xa6, 0x80, 0x80], '\u{1f980}\udc80'],
    ['the mark of the byte order', [0xef, 0xbb, 0xbf, 0xfe], '\ufeff\udcfe'],
  ])('keeps %s', (_, bytes, text) => {
    expect(textOfBytes(Buffer.from(bytes))).toBe(text);
    expect([...bytesOfText(text)]).toEqual(bytes);
    expect(hasStrayBytes(text)).toBe(true);
  });

  it('is shown with its bytes in hexadecimal digits', () => {
    expect(showBytes('a\udcffb\udc80\u{1f980}')).toBe(String.raw`a\xffb\x80` + '\u{1f980}');
  });

  it.each(['a\0', '\ud800', '\udc7f', '\udd00x', '\udfff', '\ud83d', 'x\udc00'])(
    'is not %j, which stands for no bytes',
    (text) => {
      expect(isByteText(text)).toBe(false);
    },
  );

  it('is any character, paired surrogates too', () => {
    expect(isByteText('\u{10000}\u{10ffff}\u{1f980}\udc80\udcff')).toBe(true);
  });
});
