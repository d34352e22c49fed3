/** Where alerts log what they do. A pino logger has this shape. */
export interface AlertLog {
  info(facts: object, message: string): void;
  warn(facts: object, message: string): void;
  error(facts: object, message: string): void;
}

/** Logs nothing. */
export const silentLog: AlertLog = { info: () => {}, warn: () => {}, error: () => {} };
