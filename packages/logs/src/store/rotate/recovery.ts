/**
 * How an interrupted rotation ended: `undone`, as the live file still had all bytes; `completed`, as its bytes are in a segment; `none` when no
 * rotation was interrupted.
 */
export type Recovery = 'none' | 'undone' | 'completed';
