import type { StartSources } from '../settings/resolve-settings.ts';
import type { Settings } from '../settings/settings.ts';

/** Puts new settings in force in one part; may say in one line what could not be applied. */
export type SettingsSubscriber = (settings: Settings) => void | Promise<string | null>;

/** The one place that holds the settings of a supervisor. */
export interface SettingsHolder {
  /** The settings in force. */
  readonly current: Settings;
  /** Where the settings of the last start came from; a reload reads them again. */
  readonly sources: StartSources;
  /** Remembers where the settings of a start came from. */
  remember(sources: StartSources): void;
  /**
   * Puts settings in force: every subscriber hears of them before this returns its promise. Resolves with what could
   * not be applied, a line each.
   */
  apply(next: Settings): Promise<readonly string[]>;
  /** Takes single settings back that could not be applied. Nobody is told. */
  correct(settings: Partial<Settings>): void;
  /** Hears of new settings whenever they are in force. */
  subscribe(subscriber: SettingsSubscriber): void;
}

/** Holds settings and tells the parts of the supervisor of new ones. */
export function createSettingsHolder(first: Settings, from: StartSources): SettingsHolder {
  let current = first;
  let sources = from;
  const subscribers: SettingsSubscriber[] = [];
  return {
    get current() {
      return current;
    },
    get sources() {
      return sources;
    },
    remember({ options, environment, config }) {
      sources = { options, environment, config };
    },
    async apply(next) {
      current = next;
      const applied = subscribers.map((subscriber) => subscriber(next));
      const problems = await Promise.all(applied);
      return problems.filter((problem) => typeof problem === 'string');
    },
    correct(settings) {
      current = { ...current, ...settings };
    },
    subscribe(subscriber) {
      subscribers.push(subscriber);
    },
  };
}
