/* A log of one shape, as that of a synced node is: a line for each block, hardly two of them alike. The same bytes each time. */
import { closeSync, openSync, writeSync } from 'node:fs';

/** The first block of the log. */
const firstNumber = 24_500_000;
/** Lines of one piece, about 64 KiB. */
const pieceLines = 300;
/** Seconds between two blocks, and when the log begins; times are local ones, as geth's are. */
const secondsPerBlock = 2;
const begin = new Date(2026, 2, 4, 0, 0, 0).getTime();
/** A line of another shape comes after each so many. */
const linesToWarning = 100_000;

/** Pseudo-random whole numbers below 2^32 (xorshift32). */
function randomFrom(seed) {
  let state = seed;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state >>> 0;
  };
}

const two = (value) => String(value).padStart(2, '0');
const three = (value) => String(value).padStart(3, '0');

/** A number as geth writes it. */
export function grouped(number) {
  return String(number).replace(/\B(?=(?:\d{3})+$)/g, ',');
}

/** Yields the log in pieces of whole lines, `bytes` or a little more. */
export function* importLog(bytes) {
  const random = randomFrom(20_260_304);
  const hex = () => (random() & 0xffffff).toString(16).padStart(6, '0');
  const upTo = (most) => random() % most;
  let written = 0;
  for (let block = 0; written < bytes;) {
    let text = '';
    for (const end = block + pieceLines; block < end; block += 1) {
      const time = new Date(begin + block * secondsPerBlock * 1000 + upTo(1000));
      const clock = [time.getHours(), time.getMinutes(), time.getSeconds()].map(two).join(':');
      const stamp = `[${two(time.getMonth() + 1)}-${two(time.getDate())}|${clock}.${three(time.getMilliseconds())}]`;
      const number = grouped(firstNumber + block);
      const elapsed = `${20 + upTo(400)}.${three(upTo(1000))}ms`;
      const gas = `mgas=${upTo(30)}.${three(upTo(1000))} elapsed=${elapsed} mgasps=${upTo(300)}.${three(upTo(1000))}`;
      text += `INFO ${stamp} Imported new potential chain segment     number=${number} hash=${hex()}..${hex()} blocks=1 txs=${upTo(400)} ${gas}\n`;
      if (block % linesToWarning === linesToWarning / 2) {
        text += `WARN ${stamp} Looking for peers                        peercount=${upTo(5)} tried=${upTo(90)} static=0\n`;
      }
    }
    const piece = Buffer.from(text);
    written += piece.length;
    yield piece;
  }
}

/** Writes such a log to a new file. */
export function writeImportLog(path, bytes) {
  const file = openSync(path, 'w', 0o600);
  for (const piece of importLog(bytes)) writeSync(file, piece);
  closeSync(file);
}
