/** The forks of one public network in the releases of its client. */
export interface ReleasedNetwork {
  readonly chainId: number;
  readonly genesisHash: string;
  readonly client: string;
  /** The first release that knows the network. */
  readonly since: string;
  /** The newest release that was read. */
  readonly newest: string;
  /** A fork is in the releases from `from` on, up to the one before `until`. */
  readonly forks: readonly {
    readonly name: string;
    readonly height?: number;
    readonly time?: number;
    readonly from: string;
    readonly until?: string;
  }[];
}
