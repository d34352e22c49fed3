export type { DashboardFacts } from './facts.ts';
export { screenOf } from './view/screen.ts';
