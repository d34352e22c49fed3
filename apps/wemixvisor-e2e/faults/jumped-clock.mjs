/*
 * Loaded before a program (`node --import`), it puts the program's wall clock wrong by as many milliseconds as the file
 * JUMPED_CLOCK says, from one look at the clock to the next. Without the file the clock is right. Timers and the monotonic
 * clock are the real ones, as after a jump of the machine's clock.
 */
import { readFileSync } from 'node:fs';

const RealDate = globalThis.Date;
const realNow = RealDate.now;

function now() {
  try {
    return realNow() + Number(readFileSync(process.env.JUMPED_CLOCK, 'utf8'));
  } catch {
    return realNow();
  }
}

RealDate.now = now;
globalThis.Date = new Proxy(RealDate, {
  construct: (target, args, made) =>
    Reflect.construct(target, args.length > 0 ? args : [now()], made),
  apply: () => new RealDate(now()).toString(),
});
