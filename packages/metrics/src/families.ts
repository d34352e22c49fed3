import type { Family } from './family.ts';
import { healthFamilies } from './health-families.ts';
import { logFamilies } from './log-families.ts';
import { nodeFamilies } from './node-families.ts';

/** All metrics, in the order in which they are rendered. */
export const families: readonly Family[] = [...nodeFamilies, ...healthFamilies, ...logFamilies];
