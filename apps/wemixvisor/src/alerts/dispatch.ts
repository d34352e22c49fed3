import type { ShownChannel, ShownDelivery } from '../control/alerts-report.ts';
import type { Alert } from './alert.ts';
import type { Channel, ChannelName } from './channel.ts';
import { createDelivery, type Delivery, type DeliveryOutcome } from './delivery.ts';
import type { AlertPorts } from './ports.ts';

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
  channels(): readonly ShownChannel[];
  /** The deliveries of late, the newest last. */
  deliveries(): readonly ShownDelivery[];
  finish(limitMs: number): Promise<void>;
}

const deliveriesKept = 20;

/** Makes the dispatch of a supervisor. */
export function createDispatch(log: AlertLog, ports: AlertPorts): Dispatch {
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
  }

  return {
    use(channels) {
      current.clear();
      for (const channel of channels) current.set(channel.name, channel);
    },
    push(alert) {
      for (const name of current.keys()) deliveryOf(name).push(alert);
    },
    channels: () =>
      [...current].map(([name, { target }]) => ({
        channel: name,
        target,
        queued: deliveries.get(name)?.queued ?? 0,
      })),
    deliveries: () => late,
    async finish(limitMs) {
      await Promise.all([...deliveries.values()].map((delivery) => delivery.finish(limitMs)));
    },
  };
}
