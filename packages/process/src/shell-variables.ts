/** Variables that a shell may set and export by itself: the node gets them only as they were given. */
export const exportedByShells = ['PWD', 'OLDPWD', 'SHLVL', '_', 'SHELLOPTS', 'BASHOPTS'] as const;

/** Other variables that a shell changes or obeys. */
const ownOfShells = [
  'BASH.*|ENV|POSIXLY_CORRECT|TMOUT|IFS|OPTIND|OPTARG|OPTERR|PPID|UID|EUID|GROUPS|LINENO|RANDOM|SRANDOM|SECONDS',
  'EPOCHREALTIME|EPOCHSECONDS|HISTCMD|COMP_WORDBREAKS|MACHTYPE|OSTYPE|PS[0-4]',
];
const shellVariable = new RegExp(`^(?:${[...exportedByShells, ...ownOfShells].join('|')})$`);

/** Whether a variable of that name passes through any POSIX shell as it is. */
export function passesShell(name: string): boolean {
  return /^[A-Za-z_][A-Za-z0-9_]*$/.test(name) && !shellVariable.test(name);
}
