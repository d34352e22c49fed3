/** The flags of V8 that the program sets while it runs, each with what takes it back: on Node.js 20 the first one sets a second. */
const usual = {
  '--optimize-for-size': ['--no-optimize-for-size', '--max-semi-space-size=0'],
  '--semi-space-growth-factor=1': ['--semi-space-growth-factor=2'],
} as const;
const changed = new Set<keyof typeof usual>();

/** Sets a flag of V8. */
export function setV8Flag(flag: keyof typeof usual): void {
  changed.add(flag);
  set(flag);
}

/** Calls under the flags that V8 had at the start: it takes compiled code only under those that it was kept under. */
export function underUsualFlags<T>(call: () => T): T {
  for (const flag of changed) usual[flag].forEach(set);
  const result = call();
  changed.forEach(set);
  return result;
}

// Few commands need it, and it takes a millisecond to load.
const set = (flag: string) => process.getBuiltinModule('node:v8').setFlagsFromString(flag);
