/** A machine, in the words of `process.platform` and `process.arch`. */
export interface Machine {
  readonly platform: string;
  readonly arch: string;
}

/** `e_machine` of an ELF header (elf.h). */
const elfMachines: Readonly<Record<number, string>> = {
  0x03: 'ia32',
  0x28: 'arm',
  0x3e: 'x64',
  0xb7: 'arm64',
  0xf3: 'riscv64',
};
/** `cputype` of a Mach-O header (mach/machine.h). */
const machMachines: Readonly<Record<number, string>> = { 0x01000007: 'x64', 0x0100000c: 'arm64' };

/**
 * What the first bytes of a file say of where it runs: `script` for one that names its interpreter, the machine of an ELF or Mach-O program, null
 * for anything else. 64 bytes are enough. A Mach-O file for several machines counts as one for this.
 */
function executableFormat(head: Buffer, here: Machine): 'script' | Machine | null {
  if (head.toString('latin1', 0, 2) === '#!') return 'script';
  if (head.length >= 20 && head.readUInt32BE(0) === 0x7f454c46) {
    const isBig = head[5] === 2;
    const machine = isBig ? head.readUInt16BE(18) : head.readUInt16LE(18);
    return { platform: 'linux', arch: elfMachines[machine] ?? `machine ${machine}` };
  }
  if (head.length < 8) return null;
  if (head.readUInt32BE(0) === 0xcafebabe) return { platform: 'darwin', arch: here.arch };
  if (head.readUInt32LE(0) !== 0xfeedfacf) return null;
  const machine = head.readUInt32LE(4);
  return { platform: 'darwin', arch: machMachines[machine] ?? `machine ${machine}` };
}

/** Why a file cannot run here, in words; null where it can. */
export function whyNotHere(head: Buffer, here: Machine): string | null {
  const format = executableFormat(head, here);
  if (format === null) return 'it is neither a program nor a script';
  if (format === 'script') return null;
  const { platform, arch } = format;
  const fits = platform === here.platform && arch === here.arch;
  return fits
    ? null
    : `it is for ${platform} on ${arch}, and this is ${here.platform} on ${here.arch}`;
}
