import type { RotateReply, StartRequest, StopRequest } from './operations.ts';

/** The name of a field in JSON: `stopTimeout` is `stop_timeout`. */
export function snakeCase(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

function renamed(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [snakeCase(name), value]),
  );
}

/** A request to start or to restart, as its body has it. */
export function startBody({ settings, options, ...request }: StartRequest): object {
  return { ...request, settings: renamed(settings), options: renamed(options) };
}

/** A request to stop, as its body has it. */
export function stopBody(request: StopRequest): object {
  return renamed({ ...request });
}

/** What became of a request to rotate, as its answer has it. */
export type RotateAnswer =
  | Exclude<RotateReply, { rotated: true }>
  | {
      readonly rotated: true;
      readonly segment: string;
      readonly bytes: number;
      /** Milliseconds that the node stood still. */
      readonly pause_ms: number;
    };

/** Writes the answer to a request to rotate. */
export function rotateAnswer(reply: RotateReply): RotateAnswer {
  if (!reply.rotated) return reply;
  const { pauseMs, ...rest } = reply;
  return { ...rest, pause_ms: pauseMs };
}

/** Reads the answer to a request to rotate. */
export function readRotateAnswer(answer: RotateAnswer): RotateReply {
  if (!answer.rotated) return answer;
  const { pause_ms: pauseMs, ...rest } = answer;
  return { ...rest, pauseMs };
}
