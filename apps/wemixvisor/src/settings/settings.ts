import { declareSettings, setting, valueTypes, type ValueType } from '@wemixvisor/config-file';
import { redactText } from '@wemixvisor/passthrough';
import { alertEvents } from './alert-events.ts';
import { ownCauses, type OwnCause } from './own-causes.ts';

const { absolutePath, address, command, duration, flag, headers, oneOf, onOffOrDryRun } =
  valueTypes;
const { path, patterns, period, rpcEndpoint, share, size, someOf, variables, webUrl, wholeNumber } =
  valueTypes;

const program: ValueType<string> = { ...path, example: '/usr/local/bin/geth' };
const folder: ValueType<string> = { ...path, placeholder: 'DIR', example: '/srv/node' };
const secretFile: ValueType<string> = {
  ...absolutePath,
  example: '/etc/wemixvisor/alert-secret',
};
const certificate: ValueType<string> = { ...absolutePath, example: '/etc/wemixvisor/api.pem' };
const certificateKey: ValueType<string> = { ...absolutePath, example: '/etc/wemixvisor/api.key' };
const events = someOf(...alertEvents);
const webhookFormat = oneOf('json', 'slack', 'discord', 'pagerduty', 'alertmanager');
/** Below 4 KiB a log is not worth a rotation. */
const fewestLogBytes = 4096;
/** As many files can be listed at every look. */
const mostLogFiles = 500;

const seconds = 1_000;
const minutes = 60 * seconds;
const hours = 60 * minutes;

const options = {
  prefix: 'WEMIXVISOR_',
  // Those of an alert are for its program, which may call wemixvisor itself.
  otherVariables: [
    'WEMIXVISOR_HOME',
    'WEMIXVISOR_CONFIG',
    'WEMIXVISOR_DEBUG',
    'WEMIXVISOR_ALERT_*',
  ],
  list: 'wemixvisor config show',
  redact: redactText,
};

/**
 * Every setting of wemixvisor: the single source of options, environment variables, configuration keys,
 * defaults and help texts.
 */
export const declared = declareSettings(options, {
  binary: setting<string | null>(program, 'node.binary', null, {
    option: '--binary',
    takesEffect: 'start',
    alias: 'DAEMON_NAME',
    help: "The node's program; without it, the first of geth and gwemix on PATH",
    brief: "The node's program (default: geth or gwemix on PATH)",
  }),
  workdir: setting<string | null>(folder, 'node.workdir', null, {
    option: '--workdir',
    takesEffect: 'start',
    help: 'The folder that the node runs in; without it, the current one',
    brief: "The node's working folder (default: this one)",
  }),
  env: setting<readonly string[]>(variables, 'node.env', [], {
    option: '--env',
    takesEffect: 'start',
    help: "A variable for the node's environment; may be repeated, and adds to those of the file",
    brief: 'A variable for the node; may be repeated',
  }),
  strict: setting(flag, 'node.strict', false, {
    option: '--strict',
    takesEffect: 'start',
    help: 'Refuse to start or restart where the checks before it warn; as an option, for that one start',
    brief: 'Refuse a start that the checks warn of',
  }),
  allowRoot: setting(flag, 'node.allow_root', false, {
    option: '--allow-root',
    takesEffect: 'start',
    help: 'Do not warn when the node runs as root',
  }),
  waitTimeout: setting(duration, 'start.wait_timeout', 60 * seconds, {
    option: '--wait-timeout',
    takesEffect: 'start',
    help: 'How long start waits for the node to be ready; the node keeps starting after that',
    brief: 'How long to wait until it is ready',
  }),
  autoRestart: setting(flag, 'restart.auto', true, {
    option: '--auto-restart',
    alias: 'DAEMON_RESTART_ON_FAILURE',
    help: 'Start the node again after a crash',
    brief: 'Restart after a crash',
  }),
  restart: setting(oneOf('on-failure', 'always', 'never'), 'restart.policy', 'on-failure', {
    option: '--restart',
    help: 'When to restart a node that ended: on-failure means a non-zero exit code or a signal',
    brief: 'When to restart',
  }),
  restartAfterSignal: setting(flag, 'restart.after_signal', false, {
    option: '--restart-after-signal',
    help: 'With on-failure, also restart a node that somebody else stopped by SIGTERM or SIGINT',
    brief: 'Also after a SIGTERM or SIGINT by others',
  }),
  maxRestarts: setting(wholeNumber(0), 'restart.max', 5, {
    option: '--max-restarts',
    alias: 'DAEMON_MAX_RESTARTS',
    help: 'Consecutive restarts before wemixvisor gives up',
    brief: 'Restarts in a row at most',
  }),
  restartDelay: setting(duration, 'restart.delay', 5 * seconds, {
    option: '--restart-delay',
    help: 'The delay before the first restart; it doubles up to 5m',
    brief: 'Delay, doubled each time to 5m',
  }),
  restartReset: setting(duration, 'restart.reset', 10 * minutes, {
    option: '--restart-reset',
    help: 'The uptime after which the count of restarts is reset',
    brief: 'Uptime that resets the count',
  }),
  restartJitter: setting(share, 'restart.jitter', 0, {
    option: '--restart-jitter',
    help: 'A random share of the delay that is added to it, from 0 to 1, so that many nodes do not restart at once',
    brief: 'Random share added to the delay',
  }),
  stopTimeout: setting(duration, 'stop.timeout', 5 * minutes, {
    option: '--stop-timeout',
    alias: 'DAEMON_SHUTDOWN_GRACE',
    help: 'The grace period between SIGTERM and SIGKILL; 0 never kills',
    brief: 'Grace period; 0 never kills',
  }),
  stopTimeoutMax: setting(duration, 'stop.timeout_max', 30 * minutes, {
    option: '--stop-timeout-max',
    help: 'The longest grace period of a node that is still writing its state; no longer than the grace period: none is extended',
    brief: 'Grace period while it still writes',
  }),
  stopEngineTimeout: setting(duration, 'stop.engine_timeout', 0, {
    help: 'How long the engine of a container waits before it kills (stop_grace_period, terminationGracePeriodSeconds), for doctor, which cannot ask it; 0 is not told',
  }),
  healthCheckInterval: setting(period, 'health.interval', 30 * seconds, {
    option: '--health-check-interval',
    alias: 'DAEMON_HEALTH_CHECK_INTERVAL',
    help: 'The time between two health checks',
    brief: 'Time between two checks',
  }),
  healthCheckTimeout: setting(period, 'health.timeout', 5 * seconds, {
    option: '--health-check-timeout',
    help: 'How long a health check waits for the answer',
    brief: 'Time limit of a check',
  }),
  minPeers: setting(wholeNumber(0), 'health.min_peers', 1, {
    option: '--min-peers',
    help: 'The number of peers below which the node is degraded; no more than it takes: none with --dev',
    brief: 'Degraded with fewer peers',
  }),
  healthFailureThreshold: setting(wholeNumber(1), 'health.failure_threshold', 3, {
    option: '--health-failure-threshold',
    help: 'Consecutive checks without an answer before the node is unhealthy',
    brief: 'Failed checks until unhealthy',
  }),
  healthRestart: setting(onOffOrDryRun, 'health.restart', 'on', {
    option: '--health-restart',
    help: 'Restart a node that no longer answers; dry-run only reports it',
    brief: 'Restart an unresponsive node',
  }),
  healthMaxRestarts: setting(wholeNumber(0), 'health.max_restarts', 3, {
    help: 'Restarts for health within health.restart_window; 0 allows none',
  }),
  healthRestartWindow: setting(duration, 'health.restart_window', 6 * hours, {
    help: 'The time window in which restarts for health are counted',
  }),
  healthRestartCooldown: setting(duration, 'health.restart_cooldown', 30 * minutes, {
    help: 'The minimum time between two restarts for health',
  }),
  stuckAfter: setting(period, 'health.stuck_after', 10 * minutes, {
    option: '--stuck-after',
    help: 'How long a node that is behind may make no progress',
    brief: 'Longest time without progress',
  }),
  referenceRpcUrl: setting<string | null>(rpcEndpoint, 'health.reference_rpc_url', null, {
    option: '--reference-rpc-url',
    help: 'Another node of the same chain, to tell a stalled node from a stalled chain',
    brief: 'Another node of the chain, to compare with',
  }),
  rpcUrl: setting<string | null>(rpcEndpoint, 'health.rpc_url', null, {
    option: '--rpc-url',
    help: "The node's JSON-RPC, http(s)://… or a socket's path; without it, as the node's arguments say",
    brief: "JSON-RPC (default: by the node's arguments)",
  }),
  rpcHeaders: setting<readonly string[]>(headers, 'health.rpc_headers', [], {
    secret: true,
    help: "Headers of each request to --rpc-url, such as 'Authorization: Bearer …'; in the environment one a line",
  }),
  metricsAddr: setting<string | null>(address, 'health.metrics_addr', null, {
    option: '--metrics-addr',
    help: 'Serve /metrics, /healthz and /readyz on this address as well; without it there is no TCP port',
    brief: 'Serve /metrics, /healthz and /readyz here',
  }),
  apiAddr: setting<string | null>(address, 'api.addr', null, {
    option: '--api-addr',
    help: 'Serve what can be read of the control API on this address, for who has the token of api.token_file; without it only the socket does',
    brief: 'Serve what can be read of the API here',
  }),
  apiTokenFile: setting<string | null>(secretFile, 'api.token_file', null, {
    help: 'A file with the token that --api-addr asks for, of 16 characters or more, for its owner only; read at each request',
  }),
  apiTlsCert: setting<string | null>(certificate, 'api.tls_cert', null, {
    option: '--api-tls-cert',
    help: 'A file with the certificate of --api-addr and its chain, in PEM: with it that is served by TLS; read again when it changed',
    brief: 'Certificate of --api-addr: serves it by TLS',
  }),
  apiTlsKey: setting<string | null>(certificateKey, 'api.tls_key', null, {
    option: '--api-tls-key',
    help: 'A file with the private key of api.tls_cert, in PEM, for its owner only; read again when it changed',
    brief: 'Private key of that certificate',
  }),
  logMaxSize: setting(size(fewestLogBytes), 'log.max_size', 100 * 1024 ** 2, {
    option: '--log-max-size',
    help: "The size at which the node's log is rotated",
    brief: 'Rotate at this size',
  }),
  logMaxFiles: setting(wholeNumber(1, mostLogFiles), 'log.max_files', 10, {
    option: '--log-max-files',
    help: 'Rotated log files that are kept',
    brief: 'Rotated files to keep',
  }),
  logMaxAge: setting(duration, 'log.max_age', 0, {
    option: '--log-max-age',
    help: 'The age at which a log is rotated whatever its size; 0 rotates by size alone',
    brief: 'Rotate at this age; 0: never',
  }),
  logMaxTotalSize: setting(size(), 'log.max_total_size', 0, {
    option: '--log-max-total-size',
    help: "The total size of the node's log and its rotated files, above which the oldest are deleted; 0 sets no limit",
    brief: 'Total size; 0 sets no limit',
  }),
  logLevel: setting(oneOf('debug', 'info', 'warn', 'error'), 'log.level', 'info', {
    option: '--log-level',
    help: "The lowest level of events in the supervisor's own log",
    brief: 'Lowest level of events',
  }),
  logFormat: setting<'json' | 'pretty' | null>(oneOf('json', 'pretty'), 'log.format', null, {
    option: '--log-format',
    help: "The format of the supervisor's events in a foreground run; without it, pretty on a terminal and json elsewhere",
    brief: 'Format of events in the foreground',
  }),
  logMute: setting<readonly string[]>(patterns, 'log.mute', [], {
    help: 'Patterns of lines that `logs` leaves out, and says how many; the files keep them, and --no-mute shows them',
  }),
  diagnosisCauses: setting<readonly OwnCause[]>(ownCauses, 'diagnosis.causes', [], {
    help: 'What ends of the node mean that wemixvisor does not know: a pattern for the lines of the log, and what to do',
  }),
  alertsWebhookUrl: setting<string | null>(webUrl, 'alerts.webhook_url', null, {
    secret: true,
    help: 'The URL that alerts are posted to; it is a secret, as whoever knows it can post there',
  }),
  alertsWebhookFormat: setting(webhookFormat, 'alerts.webhook_format', 'json', {
    help: 'The format of what is posted',
  }),
  alertsWebhookSecretFile: setting<string | null>(secretFile, 'alerts.webhook_secret_file', null, {
    help: 'A file with the secret that signs what is posted (HMAC-SHA256), with pagerduty with its integration key; read at each delivery',
  }),
  alertsHeartbeatUrl: setting<string | null>(webUrl, 'alerts.heartbeat_url', null, {
    secret: true,
    help: 'The URL that is asked in each interval while the supervisor lives, so that somebody outside notes when the host is gone; it is a secret',
  }),
  alertsHeartbeatInterval: setting(period, 'alerts.heartbeat_interval', 1 * minutes, {
    help: 'The time between two heartbeats',
  }),
  alertsExec: setting<readonly string[]>(command, 'alerts.exec', [], {
    help: 'A program that is run for each alert, with its arguments; no shell is involved',
  }),
  alertsExecTimeout: setting(period, 'alerts.exec_timeout', 30 * seconds, {
    help: 'How long that program may run',
  }),
  alertsEvents: setting(events, 'alerts.events', alertEvents, {
    help: 'Which events raise an alert',
  }),
  alertsDegradedAfter: setting(duration, 'alerts.degraded_after', 5 * minutes, {
    help: 'How long a node may have too few peers, or be degraded otherwise, before an alert',
  }),
  alertsProlongedSync: setting(duration, 'alerts.prolonged_sync', 24 * hours, {
    help: 'How long a node may be behind before an alert; 0 never alerts',
  }),
  alertsResolveAfter: setting(duration, 'alerts.resolve_after', 1 * minutes, {
    help: 'How long a condition must be gone before it is reported as resolved',
  }),
  alertsReminder: setting(duration, 'alerts.reminder', 24 * hours, {
    help: 'The time between two reminders of a lasting condition; 0 never reminds',
  }),
});

/** The settings by name, and their names in the order of the help. */
export const { table: settings, names: settingNames } = declared;

/** The name of a setting. */
export type SettingName = (typeof settingNames)[number];

/** The effective settings and where each came from. */
export type ResolvedSettings = Omit<ReturnType<typeof declared.examine>, 'problems'>;

/** The effective value of every setting. Durations are milliseconds, sizes are bytes. */
export type Settings = ResolvedSettings['settings'];
