import posix from 'path-browserify';

/** The variables and home directory for the expansion. */
interface PathContext {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly homeDirectory: string;
}

// The last form, a brace that is never closed, expands to nothing.
const variable = /\$(?:\{([^}]*)\}|(\w+)|([*#$@!?-])|\{)/g;

/**
 * Expands a path flag as geth does: a leading `~/`, then `$VAR` and `${VAR}` (an unset one is empty), then cleaned;
 * an empty path becomes `.` (expandPath in internal/flags/flags.go @ v1.17.5).
 */
export function expandPath(path: string, { env, homeDirectory }: PathContext): string {
  const home = env['HOME'] || homeDirectory;
  const atHome = path.startsWith('~/') && home !== '' ? home + path.slice(1) : path;
  const expanded = atHome.replace(
    variable,
    (_, braced?: string, plain?: string, special?: string) => {
      // In `$1x` only the digit is the name, as in a shell (os.Expand).
      const name = braced ?? plain ?? special ?? '';
      if (plain !== undefined && /^\d/.test(plain))
        return (env[plain.charAt(0)] ?? '') + plain.slice(1);
      return env[name] ?? '';
    },
  );
  return cleanPath(expanded);
}

/** Shortens a path as Go's filepath.Clean does. */
export function cleanPath(path: string): string {
  const clean = posix.normalize(path);
  return clean.length > 1 && clean.endsWith('/') ? clean.slice(0, -1) : clean;
}
