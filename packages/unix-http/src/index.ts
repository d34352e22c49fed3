export { checkFields } from './check-fields.ts';
export { UnixHttpError } from './errors.ts';
export { createRequestGate } from './request-gate.ts';
export { requestJson } from './request-json.ts';
export { serveJson } from './serve-json.ts';
export { streamJson } from './stream-json.ts';
