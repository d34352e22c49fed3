export { describeFork } from './describe-fork.ts';
