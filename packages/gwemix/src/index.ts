export { adviseStop } from './advise-stop.ts';
export { observeMembers, type Members } from './members.ts';
export { readBallots } from './ballots.ts';
export { readOperatorScript } from './operator-script.ts';
