import { messageOf } from '../app-error.ts';
import type { ShownChannel, ShownDelivery } from '../report/alerts-report.ts';
import type { Alert } from './alert.ts';
import type { Channel, ChannelName } from './channel.ts';
import { createDelivery, giveUpAfterMs, type Delivery, type DeliveryOutcome } from './delivery.ts';
import type { AlertPorts } from './ports.ts';
import type { Memory } from './json-file-list.ts';
import type { WaitingAlert } from './pending-alerts.ts';

/** Where alerts write down what they do: the supervisor's journal. */
export interface AlertLog {
  info(facts: object, message: string): void;
  warn(facts: object, message: string): void;
  error(facts: object, message: string): void;
}

/** Brings alerts to all channels, each at its own pace. */
export interface Dispatch {
  /** Takes these channels from now on; what waits for one of the same name goes there. */
  use(channels: readonly Channel[]): void;
  push(alert: Alert): void;
  /** Goes on with what an earlier supervisor could not deliver. */
  resume(): void;
  channels(): readonly ShownChannel[];
  /** The deliveries of late, the newest last. */
  deliveries(): readonly ShownDelivery[];
  finish(limitMs: number): Promise<void>;
}

const deliveriesKept = 20;

/** Makes the dispatch of a supervisor; what waits is in the memory at any time, so that no end of the supervisor loses it. */
export function createDispatch(
  log: AlertLog,
  memory: Memory<WaitingAlert>,
  ports: AlertPorts,
): Dispatch {
  const current = new Map<ChannelName, Channel>();
  const deliveries = new Map<ChannelName, Delivery>();
  const late: ShownDelivery[] = [];

  function deliveryOf(name: ChannelName): Delivery {
    const known = deliveries.get(name);
    if (known !== undefined) return known;
    const made = createDelivery(
      {
        send: async (alert, signal) =>
          (await current.get(name)?.send(alert, signal)) ?? {
            delivered: false,
            why: 'it is no longer configured',
            retry: false,
          },
        maxAttempts: () => current.get(name)?.maxAttempts ?? 0,
        onOutcome: (outcome) => note(name, outcome),
      },
      ports,
    );
    deliveries.set(name, made);
    return made;
  }

  function note(
    name: ChannelName,
    { alert, outcome, attempts, tookMs, why }: DeliveryOutcome,
  ): void {
    const { event, status } = alert;
    late.push({
      at: new Date(ports.wallNow()).toISOString(),
      channel: name,
      event,
      status,
      outcome,
      attempts,
      took_ms: tookMs,
      why,
    });
    late.splice(0, late.length - deliveriesKept);
    const facts = { event: 'alert-delivery', channel: name, alert: event, status, attempts };
    const which = `the alert "${event} ${status}" by ${name}`;
    if (outcome === 'delivered') log.info(facts, `delivered ${which} in ${tookMs} ms`);
    else if (outcome === 'failed') log.warn(facts, `could not deliver ${which} yet: ${why ?? ''}`);
    else log.error(facts, `lost ${which}: ${why ?? ''}`);
    if (outcome !== 'failed') remember();
  }

  const waiting = (): readonly WaitingAlert[] =>
    [...deliveries].flatMap(([channel, delivery]) =>
      delivery.waiting.map((alert) => ({ channel, alert })),
    );

  function remember(): void {
    try {
      memory.keep(waiting());
    } catch (error) {
      log.warn({ event: 'alerts' }, `what waits is not remembered: ${messageOf(error)}`);
    }
  }

  return {
    use(channels) {
      current.clear();
      for (const channel of channels) current.set(channel.name, channel);
    },
    push(alert) {
      for (const name of current.keys()) deliveryOf(name).push(alert);
      if (current.size > 0) remember();
    },
    resume() {
      const recalled = memory.recall();
      const now = ports.wallNow();
      const isNews = ({ alert }: WaitingAlert) => now - Date.parse(alert.at) < giveUpAfterMs;
      const news = recalled.filter(isNews);
      const old = recalled.filter((waiting) => !isNews(waiting));
      for (const { channel, alert } of news) deliveryOf(channel).push(alert);
      // Each loss is remembered at once, so what still waits has to be known by then.
      for (const { channel, alert } of old) note(channel, { ...tooOld, alert });
    },
    channels: () =>
      [...current].map(([name, { target }]) => ({
        channel: name,
        target,
        queued: deliveries.get(name)?.waiting.length ?? 0,
      })),
    deliveries: () => late,
    async finish(limitMs) {
      await Promise.all([...deliveries.values()].map((delivery) => delivery.finish(limitMs)));
      const { length } = waiting();
      if (length > 0) {
        log.warn(
          { event: 'alerts', waiting: length },
          `${length} alert(s) wait for the next supervisor`,
        );
      }
    },
  };
}

const tooOld = {
  outcome: 'dropped',
  attempts: 0,
  tookMs: 0,
  why: 'it waited for an hour',
} as const;
