export { waitFor, type WaitOptions } from './wait-for.ts';
export { temporaryDirectory } from './temporary-directory.ts';
export { compiledCode } from './compiled-code.ts';
export { freePort } from './free-port.mjs';
export { fakeGeth } from './fake-geth.ts';
export { recordedAnswers, type RecordedAnswer } from './recorded-answers.ts';
export { fakeClock, type FakeClock } from './fake-clock.ts';
export { metricsOf } from './metrics-of.ts';
export {
  missingPrograms,
  startPrometheus,
  type Prometheus,
  type Scraping,
  type Series,
} from './prometheus.ts';
export { program, type ProgramName } from './program.ts';
export { startRpcServer, type RpcAnswers, type RpcFault, type RpcServer } from './rpc-server.ts';
export { selfSigned } from './self-signed.ts';
export { signalProcess } from './signal-process.ts';
export {
  createFakeMachine,
  type FakeBehaviour,
  type FakeCommand,
  type FakeExit,
  type FakeIdentity,
  type FakeMachine,
} from './fake-machine.ts';
export { startWebhookReceiver, type Answering, type WebhookReceiver } from './webhook-receiver.ts';
