export { waitFor, type WaitOptions } from './wait-for.ts';
export { temporaryDirectory } from './temporary-directory.ts';
export { fakeGeth } from './fake-geth.ts';
