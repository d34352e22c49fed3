/** The result of one attempt to deliver an alert. */
export type Attempt =
  | { readonly delivered: true }
  | {
      readonly delivered: false;
      /** One line without secrets. */
      readonly why: string;
      /** False where another attempt cannot succeed. */
      readonly retry: boolean;
      /** Milliseconds that the receiver asks to wait. */
      readonly retryAfterMs?: number;
    };
