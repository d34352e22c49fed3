export { becomesReady } from './becomes-ready.ts';
export { createMonitor } from './create-monitor.ts';
export { parseEndpoint, type RpcEndpoint } from './endpoint.ts';
export { HealthError } from './errors.ts';
export type { Monitor } from './monitor.ts';
export type { HealthSnapshot } from './snapshot.ts';
export { createRpcClient } from './rpc/client.ts';
