/** Conditions as they are typed; what is left out or null does not restrict. */
export interface TypedTests {
  /** A condition on fields: `number>24000000 and (peercount<3 or err~"timeout")`. */
  readonly where?: string | null;
  /** A pattern for the message alone. */
  readonly message?: string | null;
  /** Patterns of lines that are left out. */
  readonly mute?: readonly string[];
  /** Patterns match letters in either case; those of `mute` do not. @default false */
  readonly ignoreCase?: boolean;
}
