import type { Settings } from '../settings/settings.ts';
import type { HomePaths } from '../state/home-paths.ts';

/** What a supervisor is started with. */
export interface SupervisorOptions {
  readonly paths: HomePaths;
  readonly settings: Settings;
  readonly pid: number;
  readonly uid: number;
  readonly platform: 'linux' | 'darwin';
  /** The environment of the supervisor; the hook of an alert sees the harmless part of it. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The user's home directory, which has the register of homes; XDG_STATE_HOME takes precedence. */
  readonly homeDirectory: string;
  /** Gets each line of the journal as well; for a supervisor in the foreground. */
  readonly echo?: (line: string) => void;
  /** A start that ends before it has reached `running` is not repeated by a later one. @default false */
  readonly isTrial?: boolean;
  /** A supervisor in the background ends when its node was stopped; one in the foreground is ended by its command. */
  readonly endsWithNode: boolean;
}
