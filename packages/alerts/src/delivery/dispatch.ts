import type { Alert } from '../alert.ts';
import type { AlertLog } from '../alert-log.ts';
import type { AlertHearers } from '../alert-setup.ts';
import type { AlertsReport } from '../alerts-report.ts';
import type { Attempt } from '../channels/attempt.ts';
import type { Channel, ChannelName } from '../channels/channel.ts';
import { messageOf } from '../error-text.ts';
import type { ResolvedPorts } from '../ports.ts';
import type { JsonFileList } from '../storage/json-file-list.ts';
import type { PendingAlert } from '../storage/pending-alerts.ts';
import { Delivery, giveUpAfterMs, type DeliveryOutcome } from './delivery.ts';

/** Deliveries that the report shows. */
const deliveriesKept = 20;

/**
 * Delivers alerts to all channels, each at its own pace. Pending alerts are in the store at any time, so that no end of
 * the process loses them.
 */
export class Dispatch {
  readonly #log: AlertLog;
  readonly #onEvent: AlertHearers['onEvent'];
  readonly #store: JsonFileList<PendingAlert>;
  readonly #ports: ResolvedPorts;
  readonly #channels = new Map<ChannelName, Channel>();
  readonly #deliveries = new Map<ChannelName, Delivery>();
  readonly #recent: AlertsReport['deliveries'][number][] = [];

  constructor(
    { log, onEvent }: AlertHearers,
    store: JsonFileList<PendingAlert>,
    ports: ResolvedPorts,
  ) {
    this.#log = log;
    this.#onEvent = onEvent;
    this.#store = store;
    this.#ports = ports;
  }

  /** Replaces the channels; pending alerts go to the new channel of the same name. */
  use(channels: readonly Channel[]): void {
    this.#channels.clear();
    for (const channel of channels) this.#channels.set(channel.name, channel);
  }

  /** Delivers an alert to each channel. */
  push(alert: Alert): void {
    for (const name of this.#channels.keys()) this.#deliveryOf(name).push(alert);
    if (this.#channels.size > 0) this.#save();
  }

  /** Goes on with the alerts that an earlier process could not deliver. */
  resume(): void {
    const stored = this.#store.load();
    const now = this.#ports.clock.now();
    const isFresh = ({ alert }: PendingAlert) => now - Date.parse(alert.at) < giveUpAfterMs;
    for (const { channel, alert } of stored.filter(isFresh)) this.#deliveryOf(channel).push(alert);
    // Recording a loss saves the pending alerts, so those must be queued by now.
    for (const { channel, alert } of stored.filter((pending) => !isFresh(pending))) {
      this.#record(channel, { ...tooOld, alert });
    }
  }

  /** The channels, as far as they may be shown. */
  channels(): AlertsReport['channels'] {
    return [...this.#channels].map(([name, { target }]) => ({
      channel: name,
      target,
      queued: this.#deliveries.get(name)?.pending.length ?? 0,
    }));
  }

  /** The latest deliveries, the newest last. */
  deliveries(): AlertsReport['deliveries'] {
    return [...this.#recent];
  }

  /** Tries everything once more, for at most this many milliseconds. */
  async finish(limitMs: number): Promise<void> {
    const deliveries = [...this.#deliveries.values()];
    await Promise.all(deliveries.map((delivery) => delivery.finish(limitMs)));
    const { length } = this.#pending();
    if (length === 0) return;
    const facts = { event: 'alerts', waiting: length };
    this.#log.warn(facts, `${length} alert(s) wait for the next supervisor`);
  }

  #deliveryOf(name: ChannelName): Delivery {
    const known = this.#deliveries.get(name);
    if (known !== undefined) return known;
    const options = {
      send: async (alert: Alert, signal: AbortSignal): Promise<Attempt> =>
        (await this.#channels.get(name)?.send(alert, signal)) ?? noLongerConfigured,
      maxAttempts: () => this.#channels.get(name)?.maxAttempts ?? 0,
      onOutcome: (outcome: DeliveryOutcome) => this.#record(name, outcome),
    };
    const made = new Delivery(options, this.#ports);
    this.#deliveries.set(name, made);
    return made;
  }

  #record(channel: ChannelName, { alert, ...result }: DeliveryOutcome): void {
    const { event, status } = alert;
    const { outcome, attempts, tookMs, why } = result;
    const at = new Date(this.#ports.clock.now()).toISOString();
    this.#recent.push({ at, channel, event, status, ...result });
    this.#recent.splice(0, this.#recent.length - deliveriesKept);
    this.#onEvent({ type: 'alert-delivery', channel, outcome });
    const facts = { event: 'alert-delivery', channel, alert: event, status, attempts };
    const which = `the alert "${event} ${status}" by ${channel}`;
    if (outcome === 'delivered') this.#log.info(facts, `delivered ${which} in ${tookMs} ms`);
    else if (outcome === 'failed') {
      this.#log.warn(facts, `could not deliver ${which} yet: ${why ?? ''}`);
    } else this.#log.error(facts, `lost ${which}: ${why ?? ''}`);
    if (outcome !== 'failed') this.#save();
  }

  #pending(): readonly PendingAlert[] {
    return [...this.#deliveries].flatMap(([channel, delivery]) =>
      delivery.pending.map((alert) => ({ channel, alert })),
    );
  }

  #save(): void {
    try {
      this.#store.save(this.#pending());
    } catch (error) {
      this.#log.warn({ event: 'alerts' }, `cannot store pending alerts: ${messageOf(error)}`);
    }
  }
}

const noLongerConfigured: Attempt = {
  delivered: false,
  why: 'it is no longer configured',
  retry: false,
};

const tooOld = {
  outcome: 'dropped',
  attempts: 0,
  tookMs: 0,
  why: 'it waited for an hour',
} as const;
