import type { parsePlan } from '@wemixvisor/upgrade';

/** Where an upgrade stands, as the lifecycle record has it. */
export type UpgradePlan = NonNullable<ReturnType<typeof parsePlan>>;
