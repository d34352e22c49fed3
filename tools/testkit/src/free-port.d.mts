/** See free-port.mjs, which the demo uses as it is. */
export function freePort(): Promise<number>;
