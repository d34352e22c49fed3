export { captureOutput, type CaptureOptions, type CapturedOutput } from './capture-output.ts';
export type { ClassifyExit, ExitFindings, ProcessEnd } from './classify-exit.ts';
export type { ExitRecord } from './exit-record.ts';
export type { LifecycleChange } from './lifecycle-store.ts';
export { ProcessError, type ProcessErrorCode } from './errors.ts';
export type { Effect } from './lifecycle/effect.ts';
export type { Exited, LifecycleEvent, TimerName } from './lifecycle/event.ts';
export {
  defaultRestartPolicy,
  type HealthRestartPolicy,
  type RestartPolicy,
} from './lifecycle/restart-policy.ts';
export {
  initialLifecycle,
  type ExitCause,
  type LastExit,
  type Lifecycle,
  type NodeRun,
  type StateName,
} from './lifecycle/state.ts';
export { transition, type Transition } from './lifecycle/transition.ts';
export type { NodeCommand } from './node-command.ts';
export { parseLifecycleRecord } from './parse-record.ts';
export type { Clock, Platform, ProcessIdentity, ProcessPorts, ProcessUsage } from './ports.ts';
export { identifyProcess, isSameProcess, processUsage } from './process-identity.ts';
export type { SpawnedNode, SpawnNode, SpawnOptions } from './spawn-node.ts';
export { snapshotOf, type LifecycleRecord, type LifecycleSnapshot } from './snapshot.ts';
export { stopVerifiedNode, type StopVerifiedNodeOptions } from './stop-verified-node.ts';
export {
  supervise,
  type RestartOptions,
  type StopOptions,
  type SuperviseOptions,
  type Supervision,
} from './supervise.ts';
