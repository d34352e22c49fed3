import { createNotifyChannel, type ServiceProcess } from './notify-channel.ts';

/** How a service is at a moment. */
interface ServiceState {
  /** What is so until the next change, in one line; every user of the machine can read it. */
  readonly words: string;
  /** Figures that change all the time; null where there are none. */
  readonly figures: string | null;
  readonly ready: boolean;
  /** It starts or stops, and may take longer for that than the unit allows. */
  readonly takesTime: boolean;
}

/** A service that tells systemd how it is. */
interface NotifyingService extends ServiceProcess {
  /** Milliseconds after which a service that still starts counts as started: nobody waits hours for a repair. */
  readonly readyAfterMs: number;
  readonly look: () => ServiceState;
}

/** What tells systemd how a service is, until its end. */
interface ServiceNotifier {
  /** Tells a change of the state at once. */
  changed(): void;
  /** Tells that the service ends, with its last words; resolves when systemd has heard them. */
  end(words: string): Promise<void>;
}

/** How often it is looked whether systemd has to be told something, unless it wants to hear more often. */
const tickMs = 20_000;
/** More than two ticks: a message that comes late costs no process its life. */
const extensionMs = 60_000;
/** Figures alone are worth a process no more often. */
const figuresMs = 60_000;

/**
 * Tells systemd when a service is ready, how it is, that it takes its time and that it is alive. Null where the process is no service of
 * `Type=notify`, as {@link serviceFile} writes it with `notifies`: there is no `NOTIFY_SOCKET`. It runs `systemd-notify`, as Node.js has no
 * datagram sockets of Unix: once for each change of the words, and once a minute for the figures.
 *
 * @example
 * const notifier = createServiceNotifier({
 *   env: process.env,
 *   pid: process.pid,
 *   onError: console.error,
 *   readyAfterMs: 60_000,
 *   look: () => ({ words: 'serves', figures: '3 queues', ready: true, takesTime: false }),
 * });
 * notifier?.changed();
 */
export function createServiceNotifier(
  { readyAfterMs, look, ...service }: NotifyingService,
  channelOf: typeof createNotifyChannel = createNotifyChannel,
): ServiceNotifier | null {
  const channel = channelOf(service);
  if (channel === null) return null;
  const { watchdogMs } = channel;
  let ready = false;
  let over = false;
  let last = { words: '', text: '', at: -Infinity };

  function update(isTick: boolean): void {
    const state = look();
    const { words, figures } = state;
    const text = figures === null ? words : `${words}; ${figures}`;
    const now = performance.now();
    const isNew = words !== last.words || (text !== last.text && now - last.at >= figuresMs);
    const isReady = !ready && state.ready;
    ready ||= isReady;
    const takesTime = (isTick || isNew) && (!ready || state.takesTime);
    const isDue = isTick && watchdogMs !== null && now - last.at >= watchdogMs / 3;
    if (!isNew && !isReady && !takesTime && !isDue) return;
    last = { words, text, at: now };
    channel?.tell({
      status: text,
      ...(isReady && { ready: true }),
      ...(takesTime && { extendMs: extensionMs }),
    });
  }

  const ticks = setInterval(() => update(true), Math.min(tickMs, (watchdogMs ?? Infinity) / 3));
  const waited = setTimeout(() => {
    if (!ready) channel.tell({ ready: true });
    ready = true;
  }, readyAfterMs);
  update(true);

  return {
    changed() {
      if (!over) update(false);
    },
    async end(words) {
      over = true;
      clearInterval(ticks);
      clearTimeout(waited);
      channel.tell({ status: words, stopping: true });
      await channel.settled();
    },
  };
}
