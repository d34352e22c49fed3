import { counter, epochSeconds, gauge, histogram, labelled, oneOf, type Family } from './family.ts';

const states = ['stopped', 'starting', 'running', 'stopping', 'upgrading', 'crashed', 'error'];

/** The supervisor itself, and the node's process. */
export const nodeFamilies: readonly Family[] = [
  gauge(
    'wemixvisor_build_info',
    'Always 1; its labels tell the version of the supervisor and of its runtime.',
    ({ supervisor: { version, runtime } }) => labelled({ version, runtime }),
    'version',
    'runtime',
  ),
  gauge(
    'process_start_time_seconds',
    'When the supervisor started, in seconds since the epoch. All counters begin at 0 then.',
    ({ supervisor }) => epochSeconds(supervisor.startedAt),
  ),
  counter(
    'process_cpu_seconds_total',
    'CPU time that the supervisor has used.',
    ({ supervisor }) => supervisor.cpuMs / 1000,
  ),
  gauge(
    'process_resident_memory_bytes',
    'Resident memory of the supervisor.',
    ({ supervisor }) => supervisor.memoryBytes,
  ),
  gauge(
    'wemixvisor_node_info',
    'Always 1; its labels tell the chain of the node and the version that the node names, empty where they are not known.',
    ({ network, client }) => labelled({ network: network ?? '', client: client ?? '' }),
    'network',
    'client',
  ),
  gauge(
    'wemixvisor_node_up',
    '1 while the node has a process.',
    ({ lifecycle: { pid } }) => pid !== null,
  ),
  gauge(
    'wemixvisor_node_ready',
    '1 while the node answers and is at the head of its chain, as /readyz has it.',
    ({ isReady }) => isReady,
  ),
  gauge(
    'wemixvisor_node_desired_up',
    '1 where the operator wants the node to run, 0 after a stop.',
    ({ lifecycle: { desired } }) => desired === 'up',
  ),
  gauge(
    'wemixvisor_node_state',
    '1 for the state of the node, 0 for the others.',
    ({ lifecycle: { state } }) => oneOf('state', states, state),
    'state',
  ),
  gauge(
    'wemixvisor_node_state_start_time_seconds',
    'When the node entered that state, in seconds since the epoch.',
    ({ lifecycle: { since } }) => epochSeconds(since),
  ),
  gauge(
    'wemixvisor_node_start_time_seconds',
    'When the present process of the node started, in seconds since the epoch.',
    ({ lifecycle: { startedAt } }) => epochSeconds(startedAt),
  ),
  gauge(
    'wemixvisor_node_adopted',
    '1 where the present process was started by an earlier supervisor and taken over by this one.',
    ({ lifecycle: { pid, adopted } }) => (pid === null ? null : adopted),
  ),
  gauge(
    'wemixvisor_node_next_action_time_seconds',
    'When the supervisor will act, in seconds since the epoch: restart, kill, or check, which is a restart that waits for a condition (a hold).',
    ({ lifecycle: { nextAction } }) =>
      nextAction === null ? null : labelled({ action: nextAction.what }, nextAction.at / 1000),
    'action',
  ),
  gauge(
    'wemixvisor_node_missing_fork_time_seconds',
    'When the next hard fork comes or came that the network has and the node does not, in seconds since the epoch; left out while there is none.',
    ({ missingForkAt = null }) => epochSeconds(missingForkAt),
  ),
  counter(
    'wemixvisor_node_starts_total',
    'Processes of the node that were started.',
    ({ counts }) => counts.starts,
  ),
  counter(
    'wemixvisor_node_start_failures_total',
    'Starts in which the program could not be executed.',
    ({ counts }) => counts.failedStarts,
  ),
  counter(
    'wemixvisor_node_restarts_total',
    'Restarts by trigger: crash, health or operator. After a crash the class tells what a restart can do about its cause: retry, short, hold, or unknown.',
    ({ counts }) => counts.restarts,
    'trigger',
    'class',
  ),
  counter(
    'wemixvisor_node_restarts_refused_total',
    'Restarts that were due and not made. After a crash: cannot-help (the cause stays), survivors (a process of the node lives on) or policy (too many, or none wanted). For health: refused (budget or cooldown), off or dry-run.',
    ({ counts }) => counts.refusedRestarts,
    'trigger',
    'why',
  ),
  counter(
    'wemixvisor_node_exits_total',
    'Ends of the node: asked, unasked (a crash or an exit of its own), grace-period and forced (both killed). The cause is the diagnosis of an unasked end, or unknown.',
    ({ counts }) => counts.exits,
    'end',
    'cause',
  ),
  histogram(
    'wemixvisor_node_stop_duration_seconds',
    'Time from the request to stop to the end of the node, kills included.',
    ({ counts }) => counts.stopSeconds,
  ),
  counter(
    'wemixvisor_node_unclean_shutdowns_total',
    'Starts of the node that found that its last shutdown was not clean.',
    ({ counts }) => counts.uncleanShutdowns,
  ),
  counter(
    'wemixvisor_node_rewound_blocks_total',
    'Blocks that the node went back at such starts.',
    ({ counts }) => counts.rewoundBlocks,
  ),
  counter(
    'wemixvisor_upgrades_total',
    'Upgrades of the program that are over, by how they ended.',
    ({ counts }) => counts.upgrades,
    'outcome',
  ),
  counter(
    'wemixvisor_node_cpu_time_seconds_total',
    'CPU time of the present process of the node (process.cpu.time of OpenTelemetry), as it was measured last: every 5 s, on macOS every 30 s.',
    ({ usage }) => (usage === null ? null : usage.cpuMs / 1000),
  ),
  gauge(
    'wemixvisor_node_memory_usage_bytes',
    'Resident memory of the node (process.memory.usage of OpenTelemetry), measured at the same time.',
    ({ usage }) => usage?.memoryBytes ?? null,
  ),
  gauge(
    'wemixvisor_node_open_fds',
    'Open file descriptors of the node (process.unix.file_descriptor.count of OpenTelemetry); Linux only.',
    ({ fileDescriptors }) => fileDescriptors?.open ?? null,
  ),
  gauge(
    'wemixvisor_node_max_fds',
    'Descriptors that the node may have open at most; Linux only, and only where there is a limit.',
    ({ fileDescriptors }) => fileDescriptors?.limit ?? null,
  ),
];
