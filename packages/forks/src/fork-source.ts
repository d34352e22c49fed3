/**
 * Who tells of forks: the node's own configuration (`admin_nodeInfo`), its `eth_config`, the banner in its log, the table of releases,
 * its peers, and another node of the same chain.
 */
export type ForkSource = 'node' | 'eth_config' | 'log' | 'releases' | 'peers' | 'reference';
