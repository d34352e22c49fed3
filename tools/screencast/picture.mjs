// The picture of the README from its recording, both in docs/images.
import { readFileSync } from 'node:fs';
import { readCast, shortenWaits } from './cast.mjs';
import { screensOf } from './screens.mjs';
import { svgOf } from './svg.mjs';

const images = new URL('../../docs/images/', import.meta.url);
export const castFile = new URL('demo.cast', images);
export const svgFile = new URL('demo.svg', images);

/** No wait of the picture is longer, in seconds. */
const longestWait = 3;

const title = 'wemixvisor supervises a geth on a terminal';
const description = `A recorded session, its waits of more than ${longestWait} seconds shortened. wemixvisor starts a geth \
dev chain and shows its status. The node is killed: explain says why it ended and when it is started again, and status \
shows that it is back. The supervisor is killed: the node goes on, and the next start takes it over. The log is shown, \
and the node is stopped.`;

/** The picture of the recording in docs/images. */
export async function drawPicture() {
  const { width, height, outputs } = readCast(readFileSync(castFile, 'utf8'));
  const shown = { width, height, outputs: shortenWaits(outputs, longestWait) };
  return svgOf(await screensOf(shown), { width, height, title, description, rest: 8 });
}
