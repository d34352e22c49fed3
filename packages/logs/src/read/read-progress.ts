/** How far a reading has come; counted up while it goes on, over all logs that are read as one. */
export interface ReadProgress {
  /** Bytes of the log that were read. */
  bytes: number;
  /** Bytes that are to be read. */
  of: number;
}
