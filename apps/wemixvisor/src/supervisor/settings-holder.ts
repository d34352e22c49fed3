import type { StartSources } from '../settings/resolve-settings.ts';
import type { Settings } from '../settings/settings.ts';

/** The one place that holds the settings of a supervisor. */
export interface SettingsHolder {
  /** The settings in force. */
  readonly current: Settings;
  /** Where the settings of the last start came from; a reload reads them again. */
  readonly sources: StartSources;
  /** Remembers where the settings of a start came from. */
  remember(sources: StartSources): void;
  /** Puts settings in force: every subscriber has heard of them when this returns. */
  apply(next: Settings): void;
  /** Takes single settings back that could not be applied. Nobody is told. */
  correct(settings: Partial<Settings>): void;
  /** Hears of new settings whenever they are in force. */
  subscribe(subscriber: (settings: Settings) => void): void;
}

/** Holds settings and tells the parts of the supervisor of new ones. */
export function createSettingsHolder(first: Settings, from: StartSources): SettingsHolder {
  let current = first;
  let sources = from;
  const subscribers: ((settings: Settings) => void)[] = [];
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
    apply(next) {
      current = next;
      for (const subscriber of subscribers) subscriber(next);
    },
    correct(settings) {
      current = { ...current, ...settings };
    },
    subscribe(subscriber) {
      subscribers.push(subscriber);
    },
  };
}
