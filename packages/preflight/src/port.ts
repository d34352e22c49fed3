/** A port to look up. */
export interface Port {
  /** The address that is listened on; empty, `0.0.0.0` or `::` for all. */
  readonly host: string;
  readonly port: number;
  readonly protocol: 'tcp' | 'udp';
}
