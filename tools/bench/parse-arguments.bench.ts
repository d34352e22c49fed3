import { bench, describe } from 'vitest';
import {
  allFlags,
  deriveNodeFacts,
  parseNodeArguments,
  validate,
} from '@wemixvisor/passthrough/geth';

/** A thousand words such as an operator types: every flag of geth 1.17.5 in turn, each with a value. */
const flags = allFlags().filter(({ geth }) => geth?.[1] === '1.17.5');
const argv = Array.from({ length: 1000 }, (_, index) => {
  const flag = flags[index % flags.length];
  return flag === undefined ? '' : `--${flag.name}=${flag.default ?? ''}`;
});
const context = {
  flavour: 'geth',
  version: '1.17.5',
  env: {},
  cwd: '/',
  homeDirectory: '/home',
} as const;

// The budget of parsing is 5 ms; the other two are for comparison.
describe('1,000 arguments', () => {
  bench('parseNodeArguments', () => {
    parseNodeArguments(argv, context);
  });

  bench('deriveNodeFacts', () => {
    deriveNodeFacts(argv, context);
  });

  bench('validate', () => {
    validate(argv, context);
  });
});
