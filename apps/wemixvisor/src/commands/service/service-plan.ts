import type { NodeCommand } from '@wemixvisor/process';
import type { ServiceFacts } from './service-text.ts';

/** What a service will do. */
export interface ServicePlan {
  readonly facts: ServiceFacts;
  /** The node that it starts; null where it repeats the last start. */
  readonly launch: Pick<NodeCommand, 'file' | 'args' | 'cwd'> | null;
  /** Why it would fail as the user that it is for, a line each. */
  readonly obstacles: readonly string[];
}
