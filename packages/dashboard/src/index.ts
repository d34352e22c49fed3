export type { DashboardFacts } from './facts.ts';
export { runDashboard, type DashboardSource } from './run-dashboard.ts';
export { screenOf } from './view/screen.ts';
