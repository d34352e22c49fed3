import { startWebhookReceiver, type Answering, type WebhookReceiver } from '@wemixvisor/testkit';
import { onTestFinished } from 'vitest';

/** A receiver of webhooks on loopback, ended with the test. It answers 204 unless it is told otherwise. */
export async function receiver(answering?: Answering): Promise<WebhookReceiver> {
  const started = await startWebhookReceiver(answering);
  onTestFinished(() => started[Symbol.asyncDispose]());
  return started;
}
