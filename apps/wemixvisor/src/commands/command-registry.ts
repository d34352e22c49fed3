import type { CommandClass } from 'clipanion';
import type { CommandContext } from '../context.ts';
import type { CommandName } from './command-names.ts';

/** Loads a command's class; a command line costs the loading of its own command only. */
export type CommandLoader = () => Promise<CommandClass<CommandContext>>;

/** The class of each command. */
export const commandRegistry: Readonly<Record<CommandName, CommandLoader>> = {
  start: async () => (await import('./start.ts')).StartCommand,
  run: async () => (await import('./run.ts')).RunCommand,
  stop: async () => (await import('./stop.ts')).StopCommand,
  restart: async () => (await import('./restart.ts')).RestartCommand,
  status: async () => (await import('./status.ts')).StatusCommand,
  ps: async () => (await import('./ps.ts')).PsCommand,
  top: async () => (await import('./top.ts')).TopCommand,
  explain: async () => (await import('./explain.ts')).ExplainCommand,
  events: async () => (await import('./events.ts')).EventsCommand,
  crashes: async () => (await import('./crashes.ts')).CrashesCommand,
  health: async () => (await import('./health.ts')).HealthCommand,
  alerts: async () => (await import('./alerts.ts')).AlertsCommand,
  forks: async () => (await import('./forks.ts')).ForksCommand,
  import: async () => (await import('./import.ts')).ImportCommand,
  wemix: async () => (await import('./wemix.ts')).WemixCommand,
  logs: async () => (await import('./logs.ts')).LogsCommand,
  detach: async () => (await import('./detach.ts')).DetachCommand,
  doctor: async () => (await import('./doctor.ts')).DoctorCommand,
  reload: async () => (await import('./reload.ts')).ReloadCommand,
  'config show': async () => (await import('./config/show.ts')).ConfigShowCommand,
  'config check': async () => (await import('./config/check.ts')).ConfigCheckCommand,
  'config init': async () => (await import('./config/init.ts')).ConfigInitCommand,
  upgrade: async () => (await import('./upgrade.ts')).UpgradeCommand,
  'upgrade status': async () => (await import('./upgrade/status.ts')).UpgradeStatusCommand,
  'upgrade cancel': async () => (await import('./upgrade/cancel.ts')).UpgradeCancelCommand,
  'upgrade rollback': async () => (await import('./upgrade/rollback.ts')).UpgradeRollbackCommand,
  'upgrade history': async () => (await import('./upgrade/history.ts')).UpgradeHistoryCommand,
  'upgrade import': async () => (await import('./upgrade/import.ts')).UpgradeImportCommand,
  service: async () => (await import('./service.ts')).ServiceCommand,
  completion: async () => (await import('./completion.ts')).CompletionCommand,
  version: async () => (await import('./version.ts')).VersionCommand,
};
